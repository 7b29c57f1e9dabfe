#!/usr/bin/python3
"""What libsoup, whose jar is WebKitGTK's, stores of `Set-Cookie` lines: no network and no browser.

Writes its version. Then each line that it reads is a JSON object {"url": ..., "lines": [hex, ...]}: one
response after another from one URL to an empty jar. It answers each with a JSON list of the cookies in the jar.
"""

import codecs
import json
import sys
import time

import gi

gi.require_version("Soup", "3.0")
from gi.repository import GLib, Soup  # noqa: E402

# As libsoup reads a header that is not UTF-8: each byte that does not fit becomes U+FFFD.
codecs.register_error("each byte", lambda error: ("\ufffd", error.start + 1))


def text(line):
    return bytes.fromhex(line).decode("utf-8", "each byte").strip(" \t")


def cookie(stored, now):
    expires = stored.get_expires()
    return {
        "name": stored.get_name(),
        "value": stored.get_value(),
        "domain": stored.get_domain(),
        "path": stored.get_path(),
        "secure": stored.get_secure(),
        "http_only": stored.get_http_only(),
        "lifetime": None if expires is None else expires.to_unix() - now,
    }


print(Soup.get_major_version(), Soup.get_minor_version(), Soup.get_micro_version(), sep=".", flush=True)
for question in map(json.loads, sys.stdin):
    url = GLib.Uri.parse(question["url"], GLib.UriFlags(Soup.HTTP_URI_FLAGS))
    jar = Soup.CookieJar.new()
    now = time.time()
    for line in question["lines"]:
        stored = Soup.Cookie.parse(text(line), url)
        if stored is not None:
            jar.add_cookie_full(stored, url, url)
    print(json.dumps([cookie(stored, now) for stored in jar.all_cookies()]), flush=True)
