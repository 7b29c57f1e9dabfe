#!/usr/bin/env python3
"""Crawls a site as a visitor, and holds the jar against the policy's file.

Shares no code with the crate: Python's own client, cookie jar, HTML and TOML parsers.

usage: crawl.py URL POLICY.toml [--answer accept|refuse] [--expect CATEGORY,…]

Follows every link of the site that leads to the site, with what pages load. With --answer, it sends
the banner's form first, as that button would. Fails if the jar then holds a cookie that the
policy does not declare in a category expected, or longer than declared; and if it lacks all of one of those
categories, so that a crawl which met no cookie is no success. Expected are the categories that
are necessary, and after accepting those that need consent.
"""

import argparse
import fnmatch
import http.cookiejar
import re
import sys
import time
import tomllib
import urllib.parse
import urllib.request
from html.parser import HTMLParser

UNITS = {"minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2592000, "year": 31536000, "an": 31536000}


class Page(HTMLParser):
    """The links of a page, what it loads, and the form of its banner."""

    def __init__(self, text):
        super().__init__()
        self.links, self.form, self.fields, self.in_banner = [], None, [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        for name in ("href", "src"):
            if attributes.get(name):
                self.links.append(attributes[name])
        if "data-tcc-banner" in attributes:
            self.in_banner = True
        if self.in_banner and tag == "form":
            self.form = attributes["action"]
        if self.in_banner and tag == "input":
            self.fields.append((attributes["name"], attributes["value"]))

    def handle_endtag(self, tag):
        if tag == "form":
            self.in_banner = False


class Visitor:
    def __init__(self, site):
        self.site = site
        self.jar = http.cookiejar.CookieJar()
        handlers = urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar)
        self.opener = urllib.request.build_opener(*handlers)
        self.visited = set()

    def open(self, address, form=None):
        body = urllib.parse.urlencode(form).encode() if form is not None else None
        with self.opener.open(address, body, timeout=20) as answer:
            is_page = answer.headers.get_content_type() == "text/html"
            text = answer.read().decode()
        return Page(text) if is_page else None

    def crawl(self):
        """Opens every page that links lead to from the first one on."""
        waiting = [self.site + "/"]
        while waiting:
            address = waiting.pop()
            if address in self.visited:
                continue
            self.visited.add(address)
            page = self.open(address)
            for link in page.links if page else []:
                link = urllib.parse.urldefrag(urllib.parse.urljoin(address, link)).url
                if link.startswith(self.site + "/"):
                    waiting.append(link)

    def answer(self, answer):
        page = self.open(self.site + "/")
        if not page.form:
            sys.exit("nothing asks the visitor")
        self.open(urllib.parse.urljoin(self.site, page.form), page.fields + [("choice", answer)])
        if self.open(self.site + "/").form:
            sys.exit("the visitor is asked once more")


def declared(category):
    """The cookies of a category: pattern and longest life in seconds."""
    for part in [category, *category.get("services", {}).values()]:
        cookies = part.get("cookies", {})
        longest = part.get("lifetime", category.get("lifetime"))
        for name in cookies:
            lifetime = cookies[name] if isinstance(cookies, dict) else None
            lifetime = lifetime.get("lifetime") if isinstance(lifetime, dict) else lifetime
            yield name, seconds(lifetime or longest)


def seconds(lifetime):
    """The longest time that is named; 0 for a session alone."""
    named = re.findall(r"(\d+) (\w+?)s?\b", lifetime)
    if not named and lifetime != "session":
        sys.exit(f"how long is {lifetime}?")
    return max((int(number) * UNITS[unit] for number, unit in named), default=0)


def faults(jar, categories, policy):
    expected = {name: list(declared(category)) for name, category in categories.items()}
    # The cookie that keeps the choice is necessary whether or not a category has it.
    choice = policy["consent"]
    expected["(choice)"] = [(choice["name"], seconds(choice.get("lifetime", policy["consent-lifetime"])))]
    met = {"(choice)"}
    for cookie in jar:
        found = [
            (name, longest)
            for name, cookies in expected.items()
            for pattern, longest in cookies
            if fnmatch.fnmatchcase(cookie.name, pattern)
        ]
        life = cookie.expires - time.time() if cookie.expires else 0
        if not found:
            yield f"{cookie.name} is not to be there"
        elif life > max(longest for _, longest in found) + 5:
            yield f"{cookie.name} lives for {life:.0f} seconds"
        met.update(name for name, _ in found)
    for name in expected.keys() - met:
        yield f"no cookie of {name} was met"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("url")
    arguments.add_argument("policy")
    arguments.add_argument("--answer", choices=["accept", "refuse"])
    arguments.add_argument("--expect")
    given = arguments.parse_args()
    with open(given.policy, "rb") as file:
        policy = tomllib.load(file)
    categories = policy["categories"]
    bases = ["necessary", "consent"] if given.answer == "accept" else ["necessary"]
    expect = given.expect.split(",") if given.expect else [
        name for name, category in categories.items() if category["basis"] in bases
    ]
    visitor = Visitor(given.url)
    if given.answer:
        visitor.answer(given.answer)
    visitor.crawl()
    found = sorted(faults(visitor.jar, {name: categories[name] for name in expect}, policy))
    print(len(visitor.visited), "pages;", *sorted({cookie.name for cookie in visitor.jar}))
    sys.exit("\n".join(found) or None)


main()
