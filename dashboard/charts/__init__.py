"""The charts: one file each, and the folder is the registry."""

from importlib import import_module
from pathlib import Path
from types import ModuleType


def registry() -> dict[str, ModuleType]:
    """Return every chart of the folder by its name."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "__init__")
    return {name: import_module(f"{__name__}.{name}") for name in names}
