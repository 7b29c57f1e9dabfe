//! The policy pages of two real sites, made from their registries, against the tables of the sites'
//! own pages.

use tower_cookie_consent::Registry;
use tower_cookie_consent::pages::Pages;
use tower_cookie_consent::registry::Language;

const CEXRO: &str = include_str!("../../examples/policies/cexro.toml");
const WHISPEVER: &str = include_str!("../../examples/policies/whispever.toml");

/// A part of the generated page: a category or one of its services.
struct Part {
    /// The title of the category, and that of the service within it.
    title: (String, Option<String>),
    /// The text before the table.
    text: String,
    /// The cells of each row, without the row of the heads.
    rows: Vec<Vec<String>>,
}

/// The page, as a reader takes it in.
struct Page {
    html: String,
    parts: Vec<Part>,
}

impl Page {
    fn of(registry: &str) -> Self {
        let pages = Pages::new(Registry::from_toml(registry).unwrap()).texts_in("fr");
        let html = String::from(pages.policy_document(Language::FRENCH));
        let mut parts = Vec::new();
        for category in html.split("<h3>").skip(1) {
            let category_title = text(category.split("</h3>").next().unwrap());
            let mut pieces = category.split("<h4>");
            parts.push(Part::of((category_title.clone(), None), pieces.next().unwrap()));
            for service in pieces {
                let title = text(service.split("</h4>").next().unwrap());
                parts.push(Part::of((category_title.clone(), Some(title)), service));
            }
        }
        Page { html, parts }
    }

    fn part(&self, category: &str, service: Option<&str>) -> &Part {
        let title = (category, service);
        let is_it = |part: &&Part| (part.title.0.as_str(), part.title.1.as_deref()) == title;
        self.parts.iter().find(is_it).unwrap_or_else(|| panic!("no {title:?}"))
    }
}

impl Part {
    fn of(title: (String, Option<String>), html: &str) -> Self {
        let (before, table) = html.split_once("<table").unwrap_or((html, ""));
        let cell =
            |cell: &str| text(cell.split_once('>').unwrap().1.split("</td>").next().unwrap());
        let row = |row: &str| row.split("<td").skip(1).map(cell).collect();
        let rows = table.split("<tr").skip(2).map(row).collect();
        Part { title, text: text(before), rows }
    }

    fn names(&self) -> Vec<&str> {
        self.rows.iter().map(|row| row[0].as_str()).collect()
    }
}

/// The text of a piece of HTML.
fn text(html: &str) -> String {
    let mut in_tag = false;
    let is_shown = |character: &char| match character {
        '<' => {
            in_tag = true;
            false
        }
        '>' => {
            in_tag = false;
            false
        }
        _ => !in_tag,
    };
    let text: String = html.chars().filter(is_shown).collect();
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&").trim().to_owned()
}

#[test]
fn the_page_of_cexro_has_every_line_of_its_tables() {
    let page = Page::of(CEXRO);
    assert!(page.html.contains("<h1>Politique des Cookies</h1>"));
    assert!(page.html.contains("<time datetime=\"2025-01-15\""));

    // 3.1: Nom | Finalité | Durée
    let essential = "Cookies essentiels (obligatoires)";
    let part = page.part(essential, None);
    assert!(part.text.contains("Nécessaires au fonctionnement du site"), "{}", part.text);
    assert!(part.text.contains("Toujours actifs"), "{}", part.text);
    let rows: Vec<_> = part.rows.iter().map(|row| row.join(" | ")).collect();
    assert_eq!(
        rows,
        [
            "cexro_session | Maintien de la session utilisateur | session",
            "csrf_token | Protection contre les attaques CSRF | session",
            "auth_token | Authentification sécurisée | 30 jours",
            "cookie_consent | Mémorisation de vos choix cookies | 1 an",
        ]
    );

    // 3.2: Service | Finalité | Cookies. Of 7: « Cookies d'analyse | 2 ans (Google Analytics) »
    let analytics = "Cookies d'analyse (optionnels)";
    assert!(page.part(analytics, None).text.contains("Seulement avec votre consentement"));
    for (service, purpose, cookies) in [
        ("Google Analytics", "Statistiques de visite anonymes", &["_ga", "_ga_*", "_gid"][..]),
        ("Hotjar", "Analyse d'expérience utilisateur", &["_hjid", "_hjIncludedInSessionSample"]),
    ] {
        let part = page.part(analytics, Some(service));
        assert!(part.text.contains(purpose), "{}", part.text);
        assert_eq!(part.names(), cookies, "{service}");
        assert!(part.rows.iter().all(|row| row.last().unwrap() == "2 ans"), "{service}");
    }

    // 3.3 is a list of purposes. Of 7: « Cookies de préférences | 1 an »
    let functional = "Cookies fonctionnels (optionnels)";
    let part = page.part(functional, None);
    assert!(part.text.contains("Seulement avec votre consentement"));
    let purposes: Vec<_> = part.rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(
        purposes,
        [
            "Langue préférée : français/arabe",
            "Paramètres d'interface : thème sombre/clair",
            "Préférences d'export : format par défaut",
            "Tutoriels : étapes déjà vues",
        ]
    );
    assert!(part.rows.iter().all(|row| row.last().unwrap() == "1 an"));

    // 5.1: services of third parties. Google Fonts sets no cookie, so that it is not there.
    let stripe = page.part(essential, Some("Stripe"));
    assert!(stripe.text.contains("Traitement des paiements sécurisés"), "{}", stripe.text);
    let intercom = page.part(functional, Some("Intercom"));
    assert!(intercom.text.contains("Chat de support client"), "{}", intercom.text);

    // 2: « Cookies Publicitaires : Non utilisés sur Cexro »
    not_used(&page, "Cookies publicitaires", "_fbp");
}

#[test]
fn the_page_of_whispever_has_every_line_of_its_tables() {
    let page = Page::of(WHISPEVER);
    assert!(page.html.contains("<h1>Politique de Cookies</h1>"));
    assert!(page.html.contains("<time datetime=\"2026-01-26\""));

    // 1: Cookie | Finalité | Durée
    let essential = "Cookies strictement nécessaires (essentiels)";
    let part = page.part(essential, None);
    assert!(part.text.contains("Toujours actifs"), "{}", part.text);
    let rows: Vec<_> = part.rows.iter().map(|row| row.join(" | ")).collect();
    assert_eq!(
        rows[..3],
        [
            "auth-token | Authentification et maintien de session | 7 jours",
            "session-id | Identification de la session utilisateur | session",
            "csrf-token | Protection contre les attaques CSRF | session",
        ]
    );
    // The site's own page says that a choice is stored, but does not name its cookie.
    assert_eq!(part.names()[3..], ["cookie_consent"]);
    // « __stripe_* | Traitement sécurisé des paiements … (Stripe) | Session à 1 an »
    let stripe = page.part(essential, Some("Stripe"));
    assert!(stripe.text.contains("Traitement sécurisé des paiements et prévention de la fraude"));
    assert_eq!(stripe.names(), ["__stripe_*"]);
    assert_eq!(stripe.rows[0].last().unwrap(), "1 an", "the longest of both");

    // 2: Cookie | Finalité | Durée
    let part = page.part("Cookies de préférences", None);
    assert!(part.text.contains("Seulement avec votre consentement"), "{}", part.text);
    let rows: Vec<_> = part.rows.iter().map(|row| row.join(" | ")).collect();
    assert_eq!(
        rows,
        [
            "language-preference | Mémorisation de votre langue (FR/EN) | 1 an",
            "theme-preference | Mémorisation du thème (clair/sombre) | 1 an",
        ]
    );

    // 3: « Aucun cookie déposé sur votre appareil »; 4: « AUCUN cookie publicitaire »; « Pas de
    // réseaux sociaux »
    let matomo = not_used(&page, "Performance et analytiques", "_pk_*");
    assert!(matomo.text.contains("Matomo Analytics"), "{}", matomo.text);
    not_used(&page, "Cookies publicitaires et de ciblage", "_fbp");
    not_used(&page, "Réseaux sociaux", "guest_id");
}

/// Checks that a category which the site does not use is named, without a table that would give its
/// cookies a lifetime.
fn not_used<'a>(page: &'a Page, category: &str, cookie: &str) -> &'a Part {
    let part = page.part(category, None);
    assert!(part.text.contains("Non utilisés sur ce site"), "{}", part.text);
    assert!(part.text.contains(cookie), "{}", part.text);
    assert!(part.rows.is_empty(), "{category} has lifetimes");
    part
}
