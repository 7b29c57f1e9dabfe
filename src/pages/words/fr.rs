//! French.

use crate::pages::words::texts::Words;

pub(super) const WORDS: Words = words! {
    name_of_language: "Français",
    languages: "Langues",

    banner_title: "Pouvons-nous utiliser des cookies ?",
    banner_text: "Ce site dépose les cookies nécessaires à son fonctionnement. Avec votre accord, il en dépose d’autres, pour :",
    new_version: "Notre politique de cookies a changé : nous vous posons de nouveau la question. En attendant, ce que vous avez refusé reste refusé.",
    expired: "Votre choix date d’un certain temps : nous vous posons de nouveau la question. En attendant, ce que vous avez refusé reste refusé.",
    accept_all: "Tout accepter",
    refuse_all: "Tout refuser",
    choose: "Personnaliser mes choix",
    close_refusing: "Continuer sans accepter",
    close: "Fermer",
    manage: "Gérer mes cookies",
    accepted: "Vous avez accepté tous les cookies facultatifs. Vous pouvez changer d’avis à tout moment.",
    refused: "Vous avez refusé tous les cookies facultatifs. Vous pouvez changer d’avis à tout moment.",
    saved: "Votre choix est enregistré. Vous pouvez changer d’avis à tout moment.",
    withdrawn: "Votre choix est annulé, et les cookies qu’il permettait sont supprimés.",
    hide: "Masquer ce message",

    page_title: "Les cookies de ce site",
    back: "Revenir à la page précédente",
    policy_changed: "La politique de cookies a changé depuis que la question vous a été posée, et rien n’a été enregistré. Merci de choisir de nouveau.",
    your_choice: "Votre choix",
    undecided: "Vous n’avez pas encore choisi : seuls les cookies exemptés de consentement sont déposés.",
    allowed: "Vous autorisez :",
    nothing_allowed: "Vous avez refusé tous les cookies facultatifs.",
    always_on: "Toujours actifs : le site ne fonctionne pas sans eux.",
    with_consent: "Seulement avec votre consentement.",
    until_refused: "Actifs tant que vous ne les refusez pas.",
    not_used: "Non utilisés sur ce site.",
    allow: "Autoriser cette catégorie",
    save: "Enregistrer mon choix",
    withdraw: "Annuler mon choix",
    counts_for: "Votre choix est valable {time}. Ensuite, nous vous poserons de nouveau la question.",

    declared: "Les cookies en détail",
    version: "Version",
    updated: "dernière mise à jour le",
    name: "Nom",
    purpose: "Finalité",
    provider: "Fournisseur",
    lifetime: "Durée de conservation maximale",
    unstated: "non précisé",
    consent_cookie: "Mémorisation de vos choix en matière de cookies",
    sweep_cookie: "Mémorisation des cookies déjà supprimés",

    comma: ", ",
    colon: " : ",
};
