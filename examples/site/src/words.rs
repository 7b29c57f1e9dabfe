//! The words of the site itself, in French, English and Arabic. What asks the visitor has its own, in
//! the crate.

use tower_cookie_consent::registry::Language;

/// The languages of the site; the first is for visitors who ask for none of them.
pub(crate) const LANGUAGES: [Language; 3] = [Language::FRENCH, Language::ENGLISH, Language::ARABIC];

/// The words in one of them.
pub(crate) fn of(language: Language) -> &'static Words {
    if language == Language::ENGLISH {
        &ENGLISH
    } else if language == Language::ARABIC {
        &ARABIC
    } else {
        &FRENCH
    }
}

/// The direction of its script.
pub(crate) fn direction(language: Language) -> &'static str {
    if language == Language::ARABIC { "rtl" } else { "ltr" }
}

/// The site's texts.
pub(crate) struct Words {
    pub(crate) name: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) your_cookies: &'static str,
    pub(crate) no_cookies: &'static str,
    pub(crate) cookie: &'static str,
    pub(crate) category: &'static str,
    pub(crate) undeclared: &'static str,
    pub(crate) read: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) account: &'static str,
    pub(crate) account_intro: &'static str,
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
    name: "Français",
    intro: "Ce site fait respecter sa politique de cookies par son serveur : quoi qu’il tente de déposer, \
            seul part ce que la politique et votre choix permettent.",
    your_cookies: "Les cookies de votre navigateur",
    no_cookies: "Votre navigateur n’a envoyé aucun cookie.",
    cookie: "Nom",
    category: "Catégorie",
    undeclared: "non déclaré : d’un autre site sur cette machine",
    read: "Lu par le site",
    yes: "oui",
    no: "non",
    account: "Votre compte",
    account_intro: "Le choix que vous faites une fois connecté vaut sur tous vos appareils connectés.",
    logged_in_as: "Connecté :",
    user_name: "Votre nom",
    log_in: "Se connecter",
    log_out: "Se déconnecter",
    try_it: "Mettez-le à l’épreuve",
    try_intro: "Chaque lien tente de déposer des cookies d’une sorte, souvent pour bien plus \
                longtemps que la politique ne le dit. Voyez ensuite lesquels sont arrivés.",
    attempted: "Cookies tentés",
    attempted_intro: "Le serveur a tenté de déposer ces cookies :",
    back: "Voir lesquels sont arrivés",
};

const ENGLISH: Words = Words {
    name: "English",
    intro: "This site keeps its cookie policy on the server: whatever it attempts to set, only \
            what the policy and your choice allow leaves. The policy itself is in French.",
    your_cookies: "The cookies in your browser",
    no_cookies: "Your browser sent no cookies.",
    cookie: "Name",
    category: "Category",
    undeclared: "undeclared: of another site on this machine",
    read: "Read by the site",
    yes: "yes",
    no: "no",
    account: "Your account",
    account_intro: "What you choose while logged in holds on every device on which you log in.",
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

const ARABIC: Words = Words {
    name: "العربية",
    intro: "يفرض هذا الموقع سياسة ملفات تعريف الارتباط على الخادم: مهما حاول أن يضع، فلا يخرج إلا ما تسمح به \
            السياسة واختيارك. نص السياسة نفسها بالفرنسية.",
    your_cookies: "ملفات تعريف الارتباط في متصفحك",
    no_cookies: "لم يرسل متصفحك أي ملف تعريف ارتباط.",
    cookie: "الاسم",
    category: "الفئة",
    undeclared: "غير معلن: من موقع آخر على هذا الجهاز",
    read: "يقرؤه الموقع",
    yes: "نعم",
    no: "لا",
    account: "حسابك",
    account_intro: "ما تختاره وأنت مسجل الدخول يسري على كل جهاز تسجل الدخول عليه.",
    logged_in_as: "مسجل الدخول باسم:",
    user_name: "اسمك",
    log_in: "تسجيل الدخول",
    log_out: "تسجيل الخروج",
    try_it: "جرّبه",
    try_intro: "يحاول كل رابط أن يضع ملفات تعريف ارتباط من نوع واحد، وكثير منها لمدة أطول بكثير مما تقوله السياسة. \
                ثم انظر أيها وصل.",
    attempted: "ملفات تعريف الارتباط التي جرت محاولة وضعها",
    attempted_intro: "حاول الخادم أن يضع هذه الملفات:",
    back: "انظر أيها وصل",
};
