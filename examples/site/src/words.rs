//! The words of the site, in French and in English.
//!
//! What the policy says stays in the policy's own language, unless the registry has it in several.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use tower_cookie_consent::registry::Language;

/// The language of the registry's texts.
pub(crate) const POLICY_LANG: &str = "fr";

/// The language of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lang {
    French,
    English,
}

impl Lang {
    /// The crate's name for it, in which lifetimes are printed.
    pub(crate) fn language(self) -> Language {
        match self {
            Lang::French => Language::FRENCH,
            Lang::English => Language::ENGLISH,
        }
    }

    /// The language tag.
    pub(crate) fn tag(self) -> &'static str {
        self.language().tag()
    }

    pub(crate) fn words(self) -> &'static Words {
        match self {
            Lang::French => &FRENCH,
            Lang::English => &ENGLISH,
        }
    }
}

/// `?lang=` decides, or else the language that the browser asks for first.
impl<S: Sync> FromRequestParts<S> for Lang {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let query = parts.uri.query().unwrap_or_default();
        let asked = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
        let accepted = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Ok(match asked.or(accepted) {
            Some(tag) if tag.starts_with("en") => Lang::English,
            _ => Lang::French,
        })
    }
}

/// The site's texts.
pub(crate) struct Words {
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) other_language: (&'static str, Lang),

    pub(crate) your_choice: &'static str,
    pub(crate) undecided: &'static str,
    pub(crate) allowed: &'static str,
    pub(crate) nothing_allowed: &'static str,
    pub(crate) always: &'static str,
    pub(crate) never: &'static str,
    pub(crate) allow_category: &'static str,
    pub(crate) save: &'static str,
    pub(crate) accept_all: &'static str,
    pub(crate) refuse_all: &'static str,
    pub(crate) withdraw: &'static str,

    pub(crate) cookies_of: &'static str,
    pub(crate) name: &'static str,
    pub(crate) purpose: &'static str,
    pub(crate) lifetime: &'static str,
    pub(crate) unlimited: &'static str,

    pub(crate) your_cookies: &'static str,
    pub(crate) no_cookies: &'static str,
    pub(crate) category: &'static str,
    pub(crate) undeclared: &'static str,

    pub(crate) account: &'static str,
    pub(crate) logged_in_as: &'static str,
    pub(crate) user_name: &'static str,
    pub(crate) log_in: &'static str,
    pub(crate) log_out: &'static str,

    pub(crate) try_it: &'static str,
    pub(crate) try_intro: &'static str,
    pub(crate) attempted: &'static str,
    pub(crate) attempted_intro: &'static str,
    pub(crate) back: &'static str,
}

const FRENCH: Words = Words {
    title: "Cexro OCR : vos cookies",
    intro: "Ce site fait respecter sa politique de cookies par son serveur : quoi qu'il tente de déposer, \
            seul part ce que la politique et votre choix permettent.",
    other_language: ("English", Lang::English),

    your_choice: "Votre choix",
    undecided: "Vous n'avez pas encore choisi : seuls les cookies nécessaires sont déposés.",
    allowed: "Vous avez choisi. Permis :",
    nothing_allowed: "Vous avez refusé tous les cookies facultatifs.",
    always: "Toujours actifs",
    never: "Jamais déposés",
    allow_category: "Autoriser cette catégorie",
    save: "Enregistrer mon choix",
    accept_all: "Tout accepter",
    refuse_all: "Tout refuser",
    withdraw: "Retirer mon choix",

    cookies_of: "Les cookies",
    name: "Nom",
    purpose: "Finalité",
    lifetime: "Durée maximale",
    unlimited: "non limitée",

    your_cookies: "Les cookies de votre navigateur",
    no_cookies: "Votre navigateur n'a envoyé aucun cookie.",
    category: "Catégorie",
    undeclared: "non déclaré : d'un autre site sur cette machine",

    account: "Votre compte",
    logged_in_as: "Connecté :",
    user_name: "Votre nom",
    log_in: "Se connecter",
    log_out: "Se déconnecter",

    try_it: "Mettez-le à l'épreuve",
    try_intro: "Chaque lien tente de déposer des cookies d'une sorte, souvent pour bien plus \
                longtemps que la politique ne le dit. Voyez ensuite lesquels sont arrivés.",
    attempted: "Cookies tentés",
    attempted_intro: "Le serveur a tenté de déposer ces cookies :",
    back: "Voir lesquels sont arrivés",
};

const ENGLISH: Words = Words {
    title: "Cexro OCR: your cookies",
    intro: "This site keeps its cookie policy on the server: whatever it attempts to set, only \
            what the policy and your choice allow leaves. The policy itself is in French.",
    other_language: ("Français", Lang::French),

    your_choice: "Your choice",
    undecided: "You have not chosen yet: only necessary cookies are set.",
    allowed: "You have chosen. Allowed:",
    nothing_allowed: "You have refused all optional cookies.",
    always: "Always on",
    never: "Never set",
    allow_category: "Allow this category",
    save: "Save my choice",
    accept_all: "Accept all",
    refuse_all: "Refuse all",
    withdraw: "Withdraw my choice",

    cookies_of: "The cookies",
    name: "Name",
    purpose: "Purpose",
    lifetime: "Longest lifetime",
    unlimited: "not limited",

    your_cookies: "The cookies in your browser",
    no_cookies: "Your browser sent no cookies.",
    category: "Category",
    undeclared: "undeclared: of another site on this machine",

    account: "Your account",
    logged_in_as: "Logged in:",
    user_name: "Your name",
    log_in: "Log in",
    log_out: "Log out",

    try_it: "Try it",
    try_intro: "Each link attempts to set cookies of one kind, many for far longer than the \
                policy says. Then see which of them arrived.",
    attempted: "Cookies attempted",
    attempted_intro: "The server attempted to set these cookies:",
    back: "See which of them arrived",
};
