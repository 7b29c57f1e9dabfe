//! Checks of the consent sources: each can have the effect that the site means.

use crate::registry::check::resolve::Resolver;
#[cfg(feature = "cmp")]
use crate::registry::declare::cmp::source::CmpSource;
use crate::registry::declare::source_spec::SourceSpec;
use crate::registry::problem::key_path::KeyPath;

/// Notes sources given twice, and settings that could never have an effect.
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
}

#[cfg(feature = "cmp")]
fn cmp(source: &CmpSource, path: &KeyPath, resolver: &mut Resolver) {
    if source.cookie().is_some_and(str::is_empty) {
        resolver.problems.add(path.at("cookie"), "empty-name", "has no name; write the cookie's");
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
}
