//! Spanish.

use crate::pages::words::texts::Words;

pub(super) const WORDS: Words = words! {
    name_of_language: "Español",
    languages: "Idiomas",

    banner_title: "¿Podemos usar cookies?",
    banner_text: "Este sitio instala las cookies que necesita para funcionar. Con su consentimiento, instala también otras, para:",
    new_version: "Nuestra política de cookies ha cambiado, por eso le preguntamos de nuevo. Lo que usted rechazó sigue rechazado mientras tanto.",
    expired: "Ha pasado un tiempo desde su elección, por eso le preguntamos de nuevo. Lo que usted rechazó sigue rechazado mientras tanto.",
    accept_all: "Aceptar todo",
    refuse_all: "Rechazar todo",
    choose: "Elegir una por una",
    close_refusing: "Continuar sin aceptar",
    close: "Cerrar",
    manage: "Gestionar mis cookies",
    accepted: "Ha aceptado todas las cookies opcionales. Puede cambiar de opinión en cualquier momento.",
    refused: "Ha rechazado todas las cookies opcionales. Puede cambiar de opinión en cualquier momento.",
    saved: "Su elección se ha guardado. Puede cambiarla en cualquier momento.",
    withdrawn: "Su elección se ha anulado, y las cookies que permitía se han eliminado.",
    hide: "Ocultar este mensaje",

    page_title: "Las cookies de este sitio",
    back: "Volver a la página anterior",
    policy_changed: "La política de cookies ha cambiado desde que se le preguntó, y no se ha guardado nada. Elija de nuevo, por favor.",
    your_choice: "Su elección",
    undecided: "Todavía no ha elegido: solo se instalan las cookies que no requieren consentimiento.",
    allowed: "Usted permite:",
    nothing_allowed: "Ha rechazado todas las cookies opcionales.",
    always_on: "Siempre activas: el sitio no funciona sin ellas.",
    with_consent: "Solo con su consentimiento.",
    until_refused: "Activas hasta que usted las rechace.",
    not_used: "No se usan en este sitio.",
    allow: "Permitir esta categoría",
    save: "Guardar mi elección",
    withdraw: "Anular mi elección",
    counts_for: "Su elección es válida durante {time}. Después le preguntaremos de nuevo.",

    declared: "Las cookies en detalle",
    version: "Versión",
    updated: "última modificación:",
    name: "Nombre",
    purpose: "Finalidad",
    provider: "Proveedor",
    lifetime: "Duración máxima",
    unstated: "no se indica",
    consent_cookie: "Recuerda su elección sobre las cookies",
    sweep_cookie: "Recuerda qué cookies se han eliminado",

    comma: ", ",
    colon: ": ",
};
