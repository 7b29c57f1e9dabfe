//! Italian.

use crate::pages::words::texts::Words;

pub(super) const WORDS: Words = words! {
    name_of_language: "Italiano",
    languages: "Lingue",

    banner_title: "Possiamo usare i cookie?",
    banner_text: "Questo sito installa i cookie necessari al proprio funzionamento. Con il suo consenso ne installa anche altri, per:",
    new_version: "La nostra politica sui cookie è cambiata, perciò glielo chiediamo di nuovo. Ciò che ha rifiutato resta nel frattempo rifiutato.",
    expired: "La sua scelta risale a qualche tempo fa, perciò glielo chiediamo di nuovo. Ciò che ha rifiutato resta nel frattempo rifiutato.",
    accept_all: "Accetta tutto",
    refuse_all: "Rifiuta tutto",
    choose: "Scegli nel dettaglio",
    close_refusing: "Continua senza accettare",
    close: "Chiudi",
    manage: "Gestisci i miei cookie",
    accepted: "Ha accettato tutti i cookie facoltativi. Può cambiare idea in qualsiasi momento.",
    refused: "Ha rifiutato tutti i cookie facoltativi. Può cambiare idea in qualsiasi momento.",
    saved: "La sua scelta è stata salvata. Può cambiarla in qualsiasi momento.",
    withdrawn: "La sua scelta è stata revocata e i cookie che consentiva sono stati eliminati.",
    hide: "Nascondi questo messaggio",

    page_title: "I cookie di questo sito",
    back: "Torna alla pagina precedente",
    policy_changed: "La politica sui cookie è cambiata da quando le è stato chiesto, e non è stato salvato nulla. Scelga di nuovo, per favore.",
    your_choice: "La sua scelta",
    undecided: "Non ha ancora scelto: vengono installati solo i cookie che non richiedono consenso.",
    allowed: "Lei consente:",
    nothing_allowed: "Ha rifiutato tutti i cookie facoltativi.",
    always_on: "Sempre attivi: senza di essi il sito non funziona.",
    with_consent: "Solo con il suo consenso.",
    until_refused: "Attivi finché non li rifiuta.",
    not_used: "Non usati su questo sito.",
    allow: "Consenti questa categoria",
    save: "Salva la mia scelta",
    withdraw: "Revoca la mia scelta",
    counts_for: "La sua scelta vale per {time}. Poi glielo chiederemo di nuovo.",

    declared: "I cookie nel dettaglio",
    version: "Versione",
    updated: "ultima modifica il",
    name: "Nome",
    purpose: "Finalità",
    provider: "Fornitore",
    lifetime: "Durata massima",
    unstated: "non indicato",
    consent_cookie: "Ricorda la sua scelta sui cookie",
    sweep_cookie: "Ricorda quali cookie sono stati eliminati",

    comma: ", ",
    colon: ": ",
};
