"""The network: addresses that may be asked, and answers within their limits."""

from etl.sources.web.errors import FetchError
from etl.sources.web.fetching import Answer, Limits, Web

__all__ = ["Answer", "FetchError", "Limits", "Web"]
