//! Reads the table `[consent]`: the settings of the crate's own cookie, and the sources of the
//! choice.

use crate::registry::check::problems::Problems;
use crate::registry::declare::consent_cookie::ConsentCookie;
use crate::registry::declare::settings::Settings;
use crate::registry::declare::source_spec::SourceSpec;
use crate::registry::declare::word::UnknownWord;
use crate::registry::file::node::Node;
use crate::registry::file::table::Table;
use crate::registry::problem::key_path::KeyPath;

const SOURCES: &str = "a list of sources in quotes, or a table of sources with their settings";

/// Returns the settings of this table, with defaults for all settings outside of it.
pub(super) fn read(root: &mut Table<'_>) -> Settings {
    let path = root.path().at("consent");
    let Some(node) = root.take("consent") else { return Settings::default() };
    let mut table = Table::new(node, path, root.problems());
    let settings = Settings {
        consent_cookie: cookie(&mut table),
        consent_sources: sources(&mut table),
        combine: table.word("combine"),
        store_only: table.bool("store-only").unwrap_or_default(),
        account_precedence: table.word("account-precedence").unwrap_or_default(),
        request_filter: table.word("filter-requests").unwrap_or_default(),
        tell_caches: table.bool("tell-caches"),
        sweep: table.bool("sweep").unwrap_or_default(),
        ..Settings::default()
    };
    table.finish();
    settings
}

fn cookie(table: &mut Table<'_>) -> ConsentCookie {
    let default = ConsentCookie::new();
    ConsentCookie {
        name: table.string("name"),
        domain: table.string("domain"),
        path: table.string("path").unwrap_or(default.path),
        secure: table.bool("secure").unwrap_or(default.secure),
        same_site: table.word("same-site").unwrap_or(default.same_site),
        partitioned: table.bool("partitioned").unwrap_or(default.partitioned),
        lifetime: table.lifetime("lifetime"),
        record_id: table.bool("record-id").unwrap_or(default.record_id),
    }
}

fn sources(table: &mut Table<'_>) -> Vec<SourceSpec> {
    let parent = table.path().at("sources");
    let mut sources = Vec::new();
    match table.take("sources") {
        None => {}
        Some(Node::List(names)) => {
            for name in names {
                match name {
                    Node::Text(name) => sources.extend(source(&name, &parent, table.problems())),
                    other => table.wrong("sources", SOURCES, &other),
                }
            }
        }
        Some(Node::Table(entries)) => {
            for (name, settings) in entries {
                if let Some(source) = source(&name, &parent, table.problems()) {
                    sources.push(set(source, settings, &parent, table.problems()));
                }
            }
        }
        Some(other) => table.wrong("sources", SOURCES, &other),
    }
    sources
}

/// Returns the source of this name, or reports that there is none.
fn source(name: &str, parent: &KeyPath, problems: &mut Problems) -> Option<SourceSpec> {
    name.parse()
        .map_err(|unknown: UnknownWord| {
            problems.add(parent.at(name), "unknown-source", unknown.to_string());
        })
        .ok()
}

/// Returns the source with the settings of its table. Only CMPs have settings.
fn set(
    source: SourceSpec,
    settings: Node,
    parent: &KeyPath,
    problems: &mut Problems,
) -> SourceSpec {
    let table = Table::new(settings, parent.at(source.name()), problems);
    match source {
        #[cfg(feature = "cmp")]
        SourceSpec::Cmp(source) => SourceSpec::Cmp(cmp::set(source, table)),
        source => {
            table.finish();
            source
        }
    }
}

#[cfg(feature = "cmp")]
mod cmp {
    use crate::registry::declare::cmp::source::CmpSource;
    use crate::registry::file::node::Node;
    use crate::registry::file::table::{Table, wrong_type};

    const IDS: &str = "the id of a category or a service in quotes, or a list of them";

    pub(super) fn set(mut source: CmpSource, mut table: Table<'_>) -> CmpSource {
        if let Some(name) = table.string("cookie") {
            source = source.with_cookie(name);
        }
        if let Some(revision) = table.string_or_date("revision") {
            source = source.with_revision(revision);
        }
        let map = table.path().at("map");
        for (cmp_id, ids) in table.entries("map") {
            let ids = match ids {
                Node::List(ids) => ids,
                id => vec![id],
            };
            source = source.without_meaning(&cmp_id);
            for id in ids {
                match id {
                    Node::Text(id) => source = source.with_mapping(&cmp_id, id),
                    other => wrong_type(table.problems(), map.at(&cmp_id), IDS, &other),
                }
            }
        }
        table.finish();
        source
    }
}
