//! Polish.

use crate::pages::words::texts::Words;

pub(super) const WORDS: Words = words! {
    name_of_language: "Polski",
    languages: "Języki",

    banner_title: "Czy możemy używać plików cookie?",
    banner_text: "Ta strona zapisuje pliki cookie, których potrzebuje do działania. Za Twoją zgodą zapisuje też inne, w następujących celach:",
    new_version: "Nasza polityka plików cookie zmieniła się, dlatego pytamy ponownie. To, co zostało odrzucone, pozostaje do tego czasu odrzucone.",
    expired: "Od Twojego wyboru minęło trochę czasu, dlatego pytamy ponownie. To, co zostało odrzucone, pozostaje do tego czasu odrzucone.",
    accept_all: "Zaakceptuj wszystkie",
    refuse_all: "Odrzuć wszystkie",
    choose: "Dostosuj wybór",
    close_refusing: "Kontynuuj bez akceptacji",
    close: "Zamknij",
    manage: "Zarządzaj moimi plikami cookie",
    accepted: "Wszystkie opcjonalne pliki cookie zostały zaakceptowane. Możesz to zmienić w każdej chwili.",
    refused: "Wszystkie opcjonalne pliki cookie zostały odrzucone. Możesz to zmienić w każdej chwili.",
    saved: "Twój wybór został zapisany. Możesz go zmienić w każdej chwili.",
    withdrawn: "Twój wybór został cofnięty, a pliki cookie, na które pozwalał, zostały usunięte.",
    hide: "Ukryj tę wiadomość",

    page_title: "Pliki cookie na tej stronie",
    back: "Wróć do poprzedniej strony",
    policy_changed: "Polityka plików cookie zmieniła się od chwili zadania pytania i nic nie zostało zapisane. Wybierz ponownie.",
    your_choice: "Twój wybór",
    undecided: "Nie dokonano jeszcze wyboru: zapisywane są tylko pliki cookie, które nie wymagają zgody.",
    allowed: "Zezwalasz na:",
    nothing_allowed: "Wszystkie opcjonalne pliki cookie zostały odrzucone.",
    always_on: "Zawsze aktywne: bez nich strona nie działa.",
    with_consent: "Tylko za Twoją zgodą.",
    until_refused: "Aktywne, dopóki ich nie odrzucisz.",
    not_used: "Nieużywane na tej stronie.",
    allow: "Zezwól na tę kategorię",
    save: "Zapisz mój wybór",
    withdraw: "Cofnij mój wybór",
    counts_for: "Twój wybór obowiązuje przez {time}. Potem zapytamy ponownie.",

    declared: "Szczegóły plików cookie",
    version: "Wersja",
    updated: "ostatnia zmiana:",
    name: "Nazwa",
    purpose: "Cel",
    provider: "Dostawca",
    lifetime: "Maksymalny czas przechowywania",
    unstated: "nie podano",
    consent_cookie: "Zapamiętuje Twój wybór dotyczący plików cookie",
    sweep_cookie: "Zapamiętuje, które pliki cookie zostały usunięte",

    comma: ", ",
    colon: ": ",
};
