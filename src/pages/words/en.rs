//! English.

use crate::pages::words::texts::Words;

pub(super) const WORDS: Words = words! {
    name_of_language: "English",
    languages: "Languages",

    banner_title: "May we use cookies?",
    banner_text: "This site sets the cookies that it needs to work. If you agree, it sets others too, for:",
    new_version: "Our cookie policy has changed, so we ask you again. What you refused stays refused in the meantime.",
    expired: "You chose a while ago, so we ask you again. What you refused stays refused in the meantime.",
    accept_all: "Accept all",
    refuse_all: "Refuse all",
    choose: "Choose one by one",
    close_refusing: "Continue without accepting",
    close: "Close",
    manage: "Manage my cookies",
    accepted: "You have accepted all optional cookies. You can change this at any time.",
    refused: "You have refused all optional cookies. You can change this at any time.",
    saved: "Your choice is saved. You can change it at any time.",
    withdrawn: "Your choice is withdrawn, and the cookies that it allowed are deleted.",
    hide: "Hide this message",

    page_title: "Cookies on this site",
    back: "Back to the page you came from",
    policy_changed: "The cookie policy has changed since you were asked, and nothing was saved. Please choose once more.",
    your_choice: "Your choice",
    undecided: "You have not chosen yet: only cookies that need no consent are set.",
    allowed: "You allow:",
    nothing_allowed: "You have refused all optional cookies.",
    always_on: "Always on: the site does not work without them.",
    with_consent: "Only with your consent.",
    until_refused: "On until you refuse them.",
    not_used: "Not used on this site.",
    allow: "Allow this category",
    save: "Save my choice",
    withdraw: "Withdraw my choice",
    counts_for: "Your choice counts for {time}. Then we ask you again.",

    declared: "The cookies in detail",
    version: "Version",
    updated: "last changed on",
    name: "Name",
    purpose: "Purpose",
    provider: "Provider",
    lifetime: "Kept for at most",
    unstated: "not stated",
    consent_cookie: "Remembers your choice about cookies",
    sweep_cookie: "Remembers which cookies were deleted",

    comma: ", ",
    colon: ": ",
};
