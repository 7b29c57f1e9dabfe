//! Dutch.

use crate::pages::words::texts::Words;

pub(super) const WORDS: Words = words! {
    name_of_language: "Nederlands",
    languages: "Talen",

    banner_title: "Mogen wij cookies gebruiken?",
    banner_text: "Deze site plaatst de cookies die nodig zijn om de site te laten werken. Met uw toestemming plaatst de site ook andere, voor:",
    new_version: "Ons cookiebeleid is gewijzigd, daarom vragen wij het u opnieuw. Wat u hebt geweigerd, blijft intussen geweigerd.",
    expired: "Uw keuze is al een tijd geleden gemaakt, daarom vragen wij het u opnieuw. Wat u hebt geweigerd, blijft intussen geweigerd.",
    accept_all: "Alles accepteren",
    refuse_all: "Alles weigeren",
    choose: "Eén voor één kiezen",
    close_refusing: "Doorgaan zonder te accepteren",
    close: "Sluiten",
    manage: "Mijn cookies beheren",
    accepted: "U hebt alle optionele cookies geaccepteerd. U kunt dit op elk moment wijzigen.",
    refused: "U hebt alle optionele cookies geweigerd. U kunt dit op elk moment wijzigen.",
    saved: "Uw keuze is opgeslagen. U kunt die op elk moment wijzigen.",
    withdrawn: "Uw keuze is ingetrokken, en de cookies die daarmee waren toegestaan, zijn verwijderd.",
    hide: "Dit bericht verbergen",

    page_title: "Cookies op deze site",
    back: "Terug naar de vorige pagina",
    policy_changed: "Het cookiebeleid is gewijzigd sinds het u werd gevraagd, en er is niets opgeslagen. Kies alstublieft opnieuw.",
    your_choice: "Uw keuze",
    undecided: "U hebt nog niet gekozen: alleen cookies waarvoor geen toestemming nodig is, worden geplaatst.",
    allowed: "U staat toe:",
    nothing_allowed: "U hebt alle optionele cookies geweigerd.",
    always_on: "Altijd actief: de site werkt niet zonder.",
    with_consent: "Alleen met uw toestemming.",
    until_refused: "Actief totdat u ze weigert.",
    not_used: "Niet gebruikt op deze site.",
    allow: "Deze categorie toestaan",
    save: "Mijn keuze opslaan",
    withdraw: "Mijn keuze intrekken",
    counts_for: "Uw keuze geldt {time}. Daarna vragen wij het u opnieuw.",

    declared: "De cookies in detail",
    version: "Versie",
    updated: "laatst gewijzigd op",
    name: "Naam",
    purpose: "Doel",
    provider: "Aanbieder",
    lifetime: "Maximale bewaartermijn",
    unstated: "niet vermeld",
    consent_cookie: "Onthoudt uw keuze over cookies",
    sweep_cookie: "Onthoudt welke cookies zijn verwijderd",

    comma: ", ",
    colon: ": ",
};
