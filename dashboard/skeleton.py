"""The HTML around every page, with a place for each of its parts."""

import re

from dashboard import theme

# The theme is set before anything is painted; the rest of the browser's part is in assets.
EARLY = (
    "<script>document.documentElement.classList.add('js');try{var t=localStorage.getItem('theme');"
    "if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}</script>"
)
INDEX = f"""<!DOCTYPE html>
<html lang="en">
<head>
{{%metas%}}
<title>{{%title%}}</title>
{{%favicon%}}
<style>{theme.css()}</style>
{EARLY}
{{%css%}}
</head>
<body>
{{%app_entry%}}
{{%config%}}
{{%scripts%}}
{{%renderer%}}
</body>
</html>"""
METAS = '<meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
PLACE = re.compile(r"\{%(\w+)%\}")


def filled(**parts: str) -> str:
    """Return a page of these parts; of those that are not given it has none."""
    return PLACE.sub(lambda place: parts.get(place[1], ""), INDEX)
