//! Whether the sources of the choice can be what the site means.

use crate::registry::check::resolve::Resolver;
#[cfg(feature = "cmp")]
use crate::registry::declare::cmp::source::CmpSource;
use crate::registry::declare::source_spec::SourceSpec;
use crate::registry::problem::key_path::KeyPath;

/// Notes sources given twice, and settings that could never have an effect.
pub(crate) fn check(sources: &[SourceSpec], resolver: &mut Resolver) {
    let parent = KeyPath::root().at("consent").at("sources");
    for (index, source) in sources.iter().enumerate() {
        let entry = parent.at(source.name());
        if sources[..index].iter().any(|earlier| earlier.name() == source.name()) {
            let message = "is a source already; list it once";
            resolver.problems.add(entry.clone(), "duplicate-source", message);
        }
        match source {
            SourceSpec::Own => {}
            SourceSpec::Gpc | SourceSpec::Dnt => {
                if !resolver.resolved.refused_by_gpc().any(|refused| refused) {
                    let message = "refuses nothing; mark what it is to refuse with \
                                   `refused-by-gpc = true`, or leave it out";
                    resolver.problems.add(entry, "nothing-refused", message);
                }
            }
            #[cfg(feature = "cmp")]
            SourceSpec::Cmp(source) => cmp(source, &entry, resolver),
        }
    }
}

#[cfg(feature = "cmp")]
fn cmp(source: &CmpSource, entry: &KeyPath, resolver: &mut Resolver) {
    if source.cookie().is_some_and(str::is_empty) {
        resolver.problems.add(entry.at("cookie"), "empty-name", "has no name; write the cookie's");
    }
    if source.revision().is_some() && !source.cmp().states_revision() {
        let message = "is set, but the cookies of this source state no revision; leave it out";
        resolver.problems.add(entry.at("revision"), "no-revision", message);
    }
    for (cmp_id, ids) in source.mappings() {
        for id in ids {
            resolver.require_id(id, &entry.at("map").at(cmp_id));
        }
    }
}
