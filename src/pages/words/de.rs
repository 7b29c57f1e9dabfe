//! German.

use crate::pages::words::texts::Words;

pub(super) const WORDS: Words = words! {
    name_of_language: "Deutsch",
    languages: "Sprachen",

    banner_title: "Dürfen wir Cookies verwenden?",
    banner_text: "Diese Website setzt die Cookies, die sie zum Funktionieren braucht. Mit Ihrer Einwilligung setzt sie auch andere, und zwar für:",
    new_version: "Unsere Cookie-Richtlinie hat sich geändert, deshalb fragen wir Sie erneut. Was Sie abgelehnt haben, bleibt bis dahin abgelehnt.",
    expired: "Ihre Wahl liegt länger zurück, deshalb fragen wir Sie erneut. Was Sie abgelehnt haben, bleibt bis dahin abgelehnt.",
    accept_all: "Alle akzeptieren",
    refuse_all: "Alle ablehnen",
    choose: "Einzeln auswählen",
    close_refusing: "Weiter ohne Einwilligung",
    close: "Schließen",
    manage: "Meine Cookies verwalten",
    accepted: "Sie haben alle optionalen Cookies akzeptiert. Das können Sie jederzeit ändern.",
    refused: "Sie haben alle optionalen Cookies abgelehnt. Das können Sie jederzeit ändern.",
    saved: "Ihre Auswahl ist gespeichert. Sie können sie jederzeit ändern.",
    withdrawn: "Ihre Auswahl wurde widerrufen, und die Cookies, die sie erlaubte, wurden gelöscht.",
    hide: "Diese Nachricht ausblenden",

    page_title: "Cookies auf dieser Website",
    back: "Zurück zur vorherigen Seite",
    policy_changed: "Die Cookie-Richtlinie hat sich geändert, seit Sie gefragt wurden; gespeichert wurde nichts. Bitte wählen Sie noch einmal.",
    your_choice: "Ihre Auswahl",
    undecided: "Sie haben noch nicht gewählt: Es werden nur Cookies gesetzt, die keine Einwilligung brauchen.",
    allowed: "Sie erlauben:",
    nothing_allowed: "Sie haben alle optionalen Cookies abgelehnt.",
    always_on: "Immer aktiv: Ohne sie funktioniert die Website nicht.",
    with_consent: "Nur mit Ihrer Einwilligung.",
    until_refused: "Aktiv, bis Sie sie ablehnen.",
    not_used: "Auf dieser Website nicht verwendet.",
    allow: "Diese Kategorie erlauben",
    save: "Auswahl speichern",
    withdraw: "Auswahl widerrufen",
    counts_for: "Ihre Auswahl gilt so lange: {time}. Danach fragen wir Sie erneut.",

    declared: "Die Cookies im Einzelnen",
    version: "Version",
    updated: "zuletzt geändert am",
    name: "Name",
    purpose: "Zweck",
    provider: "Anbieter",
    lifetime: "Maximale Speicherdauer",
    unstated: "keine Angabe",
    consent_cookie: "Merkt sich Ihre Auswahl zu Cookies",
    sweep_cookie: "Merkt sich, welche Cookies gelöscht wurden",

    comma: ", ",
    colon: ": ",
};
