//! All records, as lines of JSON.

use std::io::Write;

use crate::database::Database;
use crate::error::LedgerError;

/// Writes every record of the database, a line of JSON each, in the order in which they came there;
/// returns how many. It may be done while a site adds others. What still waits in a spool is not
/// among them.
///
/// # Errors
///
/// The database cannot be read, or the lines cannot be written.
pub async fn export(database: &str, output: &mut impl Write) -> Result<u64, LedgerError> {
    let mut database = Database::new(database)?;
    let (mut last, mut count) = (i64::MIN, 0);
    loop {
        let page = database.after(last).await?;
        let Some((position, _)) = page.last() else { break };
        last = *position;
        for (_, record) in &page {
            writeln!(output, "{record}").map_err(LedgerError::Output)?;
            count += 1;
        }
    }
    output.flush().map_err(LedgerError::Output)?;
    Ok(count)
}
