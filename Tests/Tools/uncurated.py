"""Names the public types and functions of a module that no page of its catalogue lists under its topics.

    python3 Tests/Tools/uncurated.py MODULE.symbols.json CATALOGUE
"""

import json
import pathlib
import re
import sys

graph, catalogue = sys.argv[1:]
listed = set()
for page in pathlib.Path(catalogue).glob("*.md"):
    topics = page.read_text(encoding="utf-8").partition("## Topics")[2]
    listed.update(re.findall(r"^- ``([A-Za-z0-9]+)", topics, re.MULTILINE))

names = set()
for symbol in json.load(open(graph, encoding="utf-8"))["symbols"]:
    if len(symbol["pathComponents"]) == 1:
        names.add(re.match(r"[A-Za-z0-9]*", symbol["pathComponents"][0]).group())

missing = sorted(names - listed - {""})
if missing:
    sys.exit(f"No topic lists {', '.join(missing)}.")
