"""Opens an exported model in Netron, in headless Chromium.

    CHROMIUM=/usr/bin/chromium python3 Tests/Tools/check_netron.py MODEL.onnx WORD…

The page must show each word.
"""

import os
import sys

import netron
from playwright.sync_api import sync_playwright

host, port = netron.start(sys.argv[1], browse=False)
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
    page = browser.new_page()
    page.goto(f"http://{host}:{port}")
    page.get_by_text("Accept", exact=True).click()
    for word in sys.argv[2:]:
        page.get_by_text(word, exact=True).first.wait_for(state="attached", timeout=20_000)
    browser.close()
netron.stop()
print(f"Netron shows {', '.join(sys.argv[2:])}")
