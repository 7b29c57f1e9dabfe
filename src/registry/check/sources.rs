//! Checks that each consent source can have the effect that the site intends.

use crate::registry::check::problems::Problems;
use crate::registry::check::resolve::Resolver;
use crate::registry::declare::basis::Basis;
#[cfg(feature = "cmp")]
use crate::registry::declare::cmp::{source::CmpSource, usual::Usual};
use crate::registry::declare::settings::Settings;
use crate::registry::declare::source_spec::SourceSpec;
use crate::registry::problem::key_path::KeyPath;

/// Reports sources that are given twice, and settings that can never have an effect.
pub(crate) fn check(sources: &[SourceSpec], resolver: &mut Resolver) {
    let parent = KeyPath::root().at("consent").at("sources");
    for (index, source) in sources.iter().enumerate() {
        let path = parent.at(source.name());
        if sources[..index].iter().any(|earlier| earlier.name() == source.name()) {
            let message = "is a source already; list it once";
            resolver.problems.add(path.clone(), "duplicate-source", message);
        }
        match source {
            SourceSpec::Own => {}
            SourceSpec::Gpc | SourceSpec::Dnt => {
                if !resolver.resolved.refused_by_gpc().any(|refused| refused) {
                    let message = "refuses nothing; mark what it is to refuse with \
                                   `refused-by-gpc = true`, or leave it out";
                    resolver.problems.add(path, "nothing-refused", message);
                }
            }
            #[cfg(feature = "cmp")]
            SourceSpec::Cmp(source) => cmp(source, &path, resolver),
        }
    }
    somebody_grants(sources, parent, resolver);
}

/// Reports two sources that read the same cookie.
pub(crate) fn distinct_cookies(settings: &Settings, problems: &mut Problems) {
    let sources = &settings.consent_sources;
    for (index, source) in sources.iter().enumerate() {
        for earlier in sources[..index].iter().filter(|earlier| earlier.name() != source.name()) {
            if let Some(cookie) = shared_cookie(earlier, source, settings) {
                let message = format!(
                    "reads the choice from {cookie:?}, and so does `{earlier}`; give one of the \
                     two cookies another name"
                );
                let path = KeyPath::root().at("consent").at("sources").at(source.name());
                problems.add(path, "shared-cookie", message);
            }
        }
    }
}

/// Returns the name of a cookie that both sources read, because the site gave that name to one of
/// them.
fn shared_cookie<'a>(
    one: &'a SourceSpec,
    other: &'a SourceSpec,
    settings: &'a Settings,
) -> Option<&'a str> {
    let given = |source: &'a SourceSpec| match source {
        SourceSpec::Own => Some(settings.consent_cookie.name()),
        #[cfg(feature = "cmp")]
        SourceSpec::Cmp(source) => source.cookie(),
        _ => None,
    };
    let carries = |source: &SourceSpec, name: &str| match source {
        SourceSpec::Own => settings.consent_cookie.name() == name,
        #[cfg(feature = "cmp")]
        SourceSpec::Cmp(source) => source.carries(name.as_bytes()),
        _ => false,
    };
    let of_one = given(one).filter(|name| carries(other, name));
    of_one.or_else(|| given(other).filter(|name| carries(one, name)))
}

/// Reports that visitors are asked for a consent that no source can give.
fn somebody_grants(sources: &[SourceSpec], path: KeyPath, resolver: &mut Resolver) {
    let objects = |source: &SourceSpec| matches!(source, SourceSpec::Gpc | SourceSpec::Dnt);
    if sources.is_empty() || !sources.iter().all(objects) {
        return;
    }
    let mut categories = resolver.resolved.categories.iter().map(|category| &category.declared);
    if let Some(category) = categories.find(|category| category.basis == Basis::Consent) {
        let message = format!(
            "can refuse, and none of them can grant, so that nobody can consent to {:?}; add \
             `own`, or the source of the site's banner",
            category.id
        );
        resolver.problems.add(path, "no-granting-source", message);
    }
}

#[cfg(feature = "cmp")]
fn cmp(source: &CmpSource, path: &KeyPath, resolver: &mut Resolver) {
    if source.cookie().is_some_and(str::is_empty) {
        resolver.problems.add(path.at("cookie"), "empty-name", "has no name; write the cookie's");
    }
    if source.cookie().is_some() && !source.cmp().has_one_cookie() {
        let message = "is set, but this source has several cookies, whose names are fixed; leave it \
                       out";
        resolver.problems.add(path.at("cookie"), "fixed-cookie", message);
    }
    if source.revision().is_some() && !source.cmp().states_revision() {
        let message = "is set, but the cookies of this source state no revision; leave it out";
        resolver.problems.add(path.at("revision"), "no-revision", message);
    }
    for (cmp_id, ids) in source.mappings() {
        for id in ids {
            resolver.require_id(id, &path.at("map").at(cmp_id));
        }
    }
    for (usual, cmp_ids) in source.cmp().usually() {
        warn_of_lost(*usual, cmp_ids, source, path, resolver);
    }
}

/// Warns that all ids with one usual meaning lead nowhere, so that the visitor's answers to them
/// have no effect (rule R18). If one of them leads somewhere, the others may belong to another
/// version of the CMP.
#[cfg(feature = "cmp")]
fn warn_of_lost(
    usual: Usual,
    cmp_ids: &[&str],
    source: &CmpSource,
    path: &KeyPath,
    resolver: &mut Resolver,
) {
    /// The number of ids that the warning lists. A CMP may have a hundred with one meaning.
    const LISTED: usize = 5;
    let ids = &resolver.resolved.ids;
    let asks = !matches!(usual, Usual::Necessary | Usual::OptOut);
    let leads = |id: &&str| ids.contains_key(id.as_bytes()) || source.mapping(id).is_some();
    if !asks
        || usual.names().iter().any(|name| ids.contains_key(name.as_bytes()))
        || cmp_ids.iter().any(leads)
    {
        return;
    }
    // The table has them in the order in which they are searched.
    let mut cmp_ids = cmp_ids.to_vec();
    cmp_ids.sort_unstable();
    let listed: Vec<_> = cmp_ids.iter().take(LISTED).map(|id| format!("{id:?}")).collect();
    let more = match cmp_ids.len() - listed.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!(
        "has ids that lead nowhere, {}{more}: they usually mean {:?}, for which there is no \
         category; map them or declare one, unless the site's banner does not ask about them",
        listed.join(", "),
        usual.names()[0]
    );
    resolver.problems.warn(path.clone(), "ids-lead-nowhere", message);
}
