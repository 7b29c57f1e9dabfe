//! The steps of reading, counted in tests: a time would say more of the machine than of the code.

/// Counts one step, where something is done for what a cookie says, for an id that the site maps, or
/// for an id of the registry, and where a choice is put together.
#[cfg(not(test))]
pub(crate) fn step() {}

#[cfg(test)]
pub(crate) use counted::step;

#[cfg(test)]
mod counted {
    use std::cell::Cell;
    use std::fmt::Write;

    use http::header::{COOKIE, HeaderValue};

    use crate::choice::{ConsentSource, RequestHeaders};
    use crate::registry::{Category, Cmp, CmpSource, Registry, Service};

    thread_local! {
        static STEPS: Cell<u64> = const { Cell::new(0) };
    }

    pub(crate) fn step() {
        STEPS.set(STEPS.get() + 1);
    }

    fn registry() -> Registry {
        let analytics = Category::consent("analytics").service(Service::new("hotjar"));
        let marketing = Category::consent("marketing");
        Registry::builder().version("1").category(analytics).category(marketing).build().unwrap()
    }

    /// The steps of a source with so many of the CMP's ids mapped.
    fn steps(cmp: Cmp, mappings: usize, cookies: &str) -> u64 {
        let ids = (0..mappings).map(|n| format!("id-{n}"));
        let source = ids.fold(CmpSource::new(cmp), |source, id| source.with_mapping(id, "hotjar"));
        let line = HeaderValue::try_from(cookies).unwrap();
        let request: RequestHeaders = [(COOKIE, line)].into_iter().collect();
        let registry = registry();
        STEPS.set(0);
        let _ = source.read(&request, &registry);
        STEPS.get()
    }

    /// A cookie in which so many things are said, each again and again.
    fn said(cmp: Cmp, times: usize) -> String {
        let mut text = String::new();
        for n in 0..times {
            let id = ["analytics", "id-1", "hotjar", "nowhere"][n % 4];
            match cmp {
                Cmp::Orestbida => write!(text, "\"{id}\",").unwrap(),
                Cmp::Tarteaucitron => write!(text, "!{id}=true").unwrap(),
                Cmp::CookieYes => write!(text, ",{id}:yes").unwrap(),
                Cmp::OneTrust => write!(text, "{id}:1,").unwrap(),
                _ => write!(text, "c.{id}:1,").unwrap(),
            }
        }
        match cmp {
            Cmp::Orestbida => format!("cc_cookie={{\"categories\":[{text}\"x\"]}}"),
            Cmp::Tarteaucitron => format!("tarteaucitron={text}"),
            Cmp::CookieYes => format!("cookieyes-consent=action:yes{text}"),
            Cmp::OneTrust => {
                format!("OptanonAlertBoxClosed=2026-11-21T12:00:00Z; OptanonConsent=groups={text}")
            }
            _ => format!("c15t={text}c.necessary:1,i.t:1795262400000"),
        }
    }

    /// Some 100 kB and 1 MB of copies.
    #[test]
    fn r14_equal_copies_take_no_steps_whatever_is_mapped() {
        for (cmp, cookie) in [
            (Cmp::Klaro, "klaro={}; "),
            (Cmp::Klaro, "klaro={\"analytics\":true}; "),
            (Cmp::Orestbida, "cc_cookie={\"categories\":[]}; "),
            (Cmp::Tarteaucitron, "tarteaucitron=!gtag=true; "),
            (Cmp::HubSpot, "__hs_cookie_cat_pref=1:true; "),
            (Cmp::Tcf, "euconsent-v2=x; "),
        ] {
            for mappings in [0, 10, 200] {
                let of_copies = |copies| steps(cmp, mappings, &cookie.repeat(copies));
                assert_eq!(of_copies(10_000), of_copies(1), "{cmp}: {cookie} {mappings}");
                assert_eq!(of_copies(100_000), of_copies(1), "{cmp}: {cookie} {mappings}");
            }
        }
    }

    #[test]
    fn r14_different_copies_take_the_steps_of_sixteen() {
        for mappings in [0, 10, 200] {
            let copies = |count: usize| {
                (0..count)
                    .map(|n| format!("klaro={{\"id-{n}\":true}}"))
                    .collect::<Vec<_>>()
                    .join("; ")
            };
            let sixteen = steps(Cmp::Klaro, mappings, &copies(16));
            assert!(sixteen >= 16);
            assert_eq!(steps(Cmp::Klaro, mappings, &copies(20_000)), sixteen);
        }
    }

    /// Twice as much said takes twice the steps, and a mapping costs its own only.
    #[test]
    fn r14_steps_grow_with_what_is_said_and_not_with_what_is_mapped_times_it() {
        for cmp in [Cmp::Orestbida, Cmp::Tarteaucitron, Cmp::CookieYes, Cmp::OneTrust, Cmp::C15t] {
            let growth = |mappings, said_before, said_after| {
                steps(cmp, mappings, &said(cmp, said_after))
                    - steps(cmp, mappings, &said(cmp, said_before))
            };
            for mappings in [2, 10, 200] {
                assert_eq!(growth(mappings, 100, 200), growth(2, 100, 200), "{cmp}: {mappings}");
                assert_eq!(growth(mappings, 80, 240), 2 * growth(mappings, 40, 120), "{cmp}");
            }
            let of_mapping = |mappings| steps(cmp, mappings, &said(cmp, 200));
            let (few, many) = (of_mapping(100) - of_mapping(50), of_mapping(200) - of_mapping(100));
            assert_eq!(many, 2 * few, "{cmp}");
        }
    }
}
