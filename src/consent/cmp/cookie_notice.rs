//! Cookie Notice by Hu-manity: `cookie_notice_accepted` is `true` or `false`.
//!
//! One switch for everything, called `all`.

use super::statement::Statement;
use super::{Format, usual};

pub(super) const FORMAT: Format = Format {
    owns: |name| name == NAME || name == b"hu-consent",
    usual: usual::none,
    read: |reader| reader.choice(|name| name == NAME, read),
};

const NAME: &[u8] = b"cookie_notice_accepted";

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    statement.decide_all(match value {
        b"true" => true,
        b"false" => false,
        _ => return None,
    });
    Some(())
}
