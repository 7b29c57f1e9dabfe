//! The table `[consent]`: the crate's own cookie, and where the choice is read from.

use crate::registry::check::problems::Problems;
use crate::registry::check::suggestion::closest;
use crate::registry::declare::builder::RegistryBuilder;
use crate::registry::declare::consent_cookie::{ConsentCookie, SameSite};
use crate::registry::declare::source_spec::{Combine, SourceSpec};
use crate::registry::file::node::Node;
use crate::registry::file::table::Table;
use crate::registry::problem::ProblemKind;
use crate::registry::problem::key_path::KeyPath;

const CONSENT: &[&str] =
    &["name", "domain", "path", "secure", "same-site", "lifetime", "sources", "combine"];

const SOURCES: &str = "a list of sources in quotes, or a table of sources with their settings";

pub(super) fn read(
    node: Node,
    builder: RegistryBuilder,
    problems: &mut Problems,
) -> RegistryBuilder {
    let mut table = Table::new(node, KeyPath::root().at("consent"), CONSENT, problems);
    let mut builder = builder.consent_cookie(cookie(&mut table));
    for source in sources(&mut table) {
        builder = builder.consent_source(source);
    }
    if let Some(found) = table.string("combine") {
        if let Some(combine) = Combine::ALL.into_iter().find(|combine| combine.as_str() == found) {
            builder = builder.combine(combine);
        } else {
            let entry = table.entry().at("combine");
            table.problems().add(entry, ProblemKind::UnknownCombine { found });
        }
    }
    builder
}

fn cookie(table: &mut Table<'_>) -> ConsentCookie {
    let mut cookie = ConsentCookie::new();
    if let Some(name) = table.string("name") {
        cookie = cookie.with_name(name);
    }
    if let Some(domain) = table.string("domain") {
        cookie = cookie.with_domain(domain);
    }
    if let Some(path) = table.string("path") {
        cookie = cookie.with_path(path);
    }
    if let Some(secure) = table.bool("secure") {
        cookie = cookie.with_secure(secure);
    }
    if let Some(found) = table.string("same-site") {
        let named = |same_site: &SameSite| same_site.as_str().eq_ignore_ascii_case(&found);
        if let Some(same_site) = SameSite::ALL.into_iter().find(named) {
            cookie = cookie.with_same_site(same_site);
        } else {
            let entry = table.entry().at("same-site");
            // In lower case, as files are written.
            let suggestion = closest(&found, ["strict", "lax", "none"]);
            table.problems().add(entry, ProblemKind::UnknownSameSite { found, suggestion });
        }
    }
    if let Some(lifetime) = table.lifetime("lifetime") {
        cookie = cookie.with_lifetime(lifetime);
    }
    cookie
}

fn sources(table: &mut Table<'_>) -> Vec<SourceSpec> {
    let parent = table.entry().at("sources");
    let mut sources = Vec::new();
    match table.take("sources") {
        None => {}
        Some(Node::List(names)) => {
            for name in names {
                match name {
                    Node::Text(name) => sources.extend(source(name, &parent, table.problems())),
                    other => table.wrong("sources", SOURCES, &other),
                }
            }
        }
        Some(Node::Table(entries)) => {
            for (name, settings) in entries {
                if let Some(source) = source(name, &parent, table.problems()) {
                    sources.push(set(source, settings, &parent, table.problems()));
                }
            }
        }
        Some(other) => table.wrong("sources", SOURCES, &other),
    }
    sources
}

/// The source of this name; noted if there is none.
fn source(found: String, parent: &KeyPath, problems: &mut Problems) -> Option<SourceSpec> {
    let source = SourceSpec::from_name(&found);
    if source.is_none() {
        let suggestion = closest(&found, SourceSpec::names());
        problems.add(parent.at(&found), ProblemKind::UnknownSource { found, suggestion });
    }
    source
}

/// The source with the settings of its table; only those of CMPs take any.
fn set(
    source: SourceSpec,
    settings: Node,
    parent: &KeyPath,
    problems: &mut Problems,
) -> SourceSpec {
    let entry = parent.at(source.name());
    match source {
        #[cfg(feature = "cmp")]
        SourceSpec::Cmp(source) => SourceSpec::Cmp(cmp::set(source, settings, entry, problems)),
        source => {
            Table::new(settings, entry, &[], problems);
            source
        }
    }
}

#[cfg(feature = "cmp")]
mod cmp {
    use crate::registry::check::problems::Problems;
    use crate::registry::declare::cmp::source::CmpSource;
    use crate::registry::file::node::Node;
    use crate::registry::file::table::Table;
    use crate::registry::problem::ProblemKind;
    use crate::registry::problem::key_path::KeyPath;

    const SETTINGS: &[&str] = &["cookie", "revision", "map"];

    const IDS: &str = "the id of a category or a service in quotes, or a list of them";

    pub(super) fn set(
        mut source: CmpSource,
        settings: Node,
        entry: KeyPath,
        problems: &mut Problems,
    ) -> CmpSource {
        let mut table = Table::new(settings, entry, SETTINGS, problems);
        if let Some(name) = table.string("cookie") {
            source = source.with_cookie(name);
        }
        if let Some(revision) = table.string_or_date("revision") {
            source = source.with_revision(revision);
        }
        let map = table.entry().at("map");
        for (cmp_id, ids) in table.entries("map") {
            let ids = match ids {
                Node::List(ids) => ids,
                id => vec![id],
            };
            for id in ids {
                match id {
                    Node::Text(id) => source = source.with_mapping(&cmp_id, id),
                    other => {
                        let kind = ProblemKind::WrongType { expected: IDS, found: other.kind() };
                        table.problems().add(map.at(&cmp_id), kind);
                    }
                }
            }
        }
        source
    }
}
