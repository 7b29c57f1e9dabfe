//! Portuguese.

use crate::pages::words::texts::Words;

pub(super) const WORDS: Words = words! {
    name_of_language: "Português",
    languages: "Idiomas",

    banner_title: "Podemos usar cookies?",
    banner_text: "Este site instala os cookies de que precisa para funcionar. Com o seu consentimento, instala também outros, para:",
    new_version: "A nossa política de cookies mudou, por isso perguntamos de novo. Entretanto, o que recusou continua recusado.",
    expired: "A sua escolha já tem algum tempo, por isso perguntamos de novo. Entretanto, o que recusou continua recusado.",
    accept_all: "Aceitar tudo",
    refuse_all: "Recusar tudo",
    choose: "Escolher em detalhe",
    close_refusing: "Continuar sem aceitar",
    close: "Fechar",
    manage: "Gerir os meus cookies",
    accepted: "Aceitou todos os cookies opcionais. Pode mudar de ideias a qualquer momento.",
    refused: "Recusou todos os cookies opcionais. Pode mudar de ideias a qualquer momento.",
    saved: "A sua escolha foi guardada. Pode alterá-la a qualquer momento.",
    withdrawn: "A sua escolha foi anulada, e os cookies que permitia foram apagados.",
    hide: "Ocultar esta mensagem",

    page_title: "Os cookies deste site",
    back: "Voltar à página anterior",
    policy_changed: "A política de cookies mudou desde que lhe foi feita a pergunta, e nada foi guardado. Escolha de novo, por favor.",
    your_choice: "A sua escolha",
    undecided: "Ainda não escolheu: só são instalados cookies que não precisam de consentimento.",
    allowed: "Autorizou:",
    nothing_allowed: "Recusou todos os cookies opcionais.",
    always_on: "Sempre ativos: o site não funciona sem eles.",
    with_consent: "Só com o seu consentimento.",
    until_refused: "Ativos até os recusar.",
    not_used: "Não usados neste site.",
    allow: "Permitir esta categoria",
    save: "Guardar a minha escolha",
    withdraw: "Anular a minha escolha",
    counts_for: "A sua escolha é válida por {time}. Depois, voltaremos a perguntar.",

    declared: "Os cookies em detalhe",
    version: "Versão",
    updated: "última alteração em",
    name: "Nome",
    purpose: "Finalidade",
    provider: "Fornecedor",
    lifetime: "Duração máxima",
    unstated: "não indicado",
    consent_cookie: "Guarda a sua escolha sobre cookies",
    sweep_cookie: "Guarda os cookies que já foram eliminados",

    comma: ", ",
    colon: ": ",
};
