//! The list of all that is said to a visitor.

use std::borrow::Cow;

/// The words of the pages in one language. [`Pages::words`](crate::pages::Pages::words) replaces them.
///
/// The policy's own texts (titles, purposes, providers) come from the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Words {
    /// The language by its own name, for the links to it.
    pub name_of_language: Cow<'static, str>,
    /// The name of these links together.
    pub languages: Cow<'static, str>,

    /// The banner's title.
    pub banner_title: Cow<'static, str>,
    /// The sentence before the list of the purposes.
    pub banner_text: Cow<'static, str>,
    /// Said where the policy has another version than the choice that was made.
    pub new_version: Cow<'static, str>,
    /// Said where a choice was made too long ago to count.
    pub expired: Cow<'static, str>,
    /// The words before the list of what stays off even if the visitor accepts, as `Sec-GPC` asks for.
    pub stays_off: Cow<'static, str>,
    /// The button that grants all.
    pub accept_all: Cow<'static, str>,
    /// The button that refuses all.
    pub refuse_all: Cow<'static, str>,
    /// The link to the preferences, in the banner.
    pub choose: Cow<'static, str>,
    /// The button to close the banner, where that refuses.
    pub close_refusing: Cow<'static, str>,
    /// The button to close the banner, where that decides nothing.
    pub close: Cow<'static, str>,
    /// The link to the preferences, on every page.
    pub manage: Cow<'static, str>,
    /// Said once all was accepted.
    pub accepted: Cow<'static, str>,
    /// Said once all was refused.
    pub refused: Cow<'static, str>,
    /// Said once a choice was saved.
    pub saved: Cow<'static, str>,
    /// Said once the choice was withdrawn.
    pub withdrawn: Cow<'static, str>,
    /// The button that makes these go away.
    pub hide: Cow<'static, str>,

    /// The page's title, where the registry has none.
    pub page_title: Cow<'static, str>,
    /// The link to the page from which the visitor came.
    pub back: Cow<'static, str>,
    /// Said to a visitor who consented to an older version of the policy.
    pub policy_changed: Cow<'static, str>,
    /// The title of the preferences.
    pub your_choice: Cow<'static, str>,
    /// The state of a visitor who has not chosen.
    pub undecided: Cow<'static, str>,
    /// The words before the list of what is allowed.
    pub allowed: Cow<'static, str>,
    /// The state of a visitor who allows nothing.
    pub nothing_allowed: Cow<'static, str>,
    /// Said of a category that is necessary.
    pub always_on: Cow<'static, str>,
    /// Said of a category that needs consent.
    pub with_consent: Cow<'static, str>,
    /// Said of a category that is on until it is refused.
    pub until_refused: Cow<'static, str>,
    /// Said of a category that is prohibited.
    pub not_used: Cow<'static, str>,
    /// The label of a category's box.
    pub allow: Cow<'static, str>,
    /// The button that saves what is ticked.
    pub save: Cow<'static, str>,
    /// The button that takes the choice back.
    pub withdraw: Cow<'static, str>,
    /// The time for which a choice counts; `{time}` stands for it.
    pub counts_for: Cow<'static, str>,

    /// The title of the tables.
    pub declared: Cow<'static, str>,
    /// The word before the policy's version.
    pub version: Cow<'static, str>,
    /// The words before the day of the policy's last change.
    pub updated: Cow<'static, str>,
    /// The head of the column with the names.
    pub name: Cow<'static, str>,
    /// The head of the column with the purposes.
    pub purpose: Cow<'static, str>,
    /// The head of the column with the providers.
    pub provider: Cow<'static, str>,
    /// The head of the column with the lifetimes.
    pub lifetime: Cow<'static, str>,
    /// The words that stand where the policy says nothing.
    pub unstated: Cow<'static, str>,
    /// The purpose of the cookie that carries the choice.
    pub consent_cookie: Cow<'static, str>,
    /// The purpose of the cookie that remembers what was swept.
    pub sweep_cookie: Cow<'static, str>,

    /// The sign between two of a list, with its blank.
    pub comma: Cow<'static, str>,
    /// The sign before an explanation, with its blanks.
    pub colon: Cow<'static, str>,
}
