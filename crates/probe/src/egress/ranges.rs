//! Networks that are never dialled, read from `deny_ranges.tsv`: the IANA special-purpose registries, and what clouds
//! put beside them.

use std::{net::IpAddr, sync::LazyLock};

use error_model::evidence::DeniedClass;
use ipnet::IpNet;

use super::Denied;

/// Range, class, name, source, and a note for whoever reads the file.
const TABLE: &str = include_str!("deny_ranges.tsv");

/// One row of the table.
struct Range {
    network: IpNet,
    denied: Denied,
}

/// The table, the narrower ranges first, so that an address is told by the most exact name that it has.
static DENIED: LazyLock<Vec<Range>> = LazyLock::new(|| {
    // A row that can't be read must not be skipped: an address in it would be dialled.
    let rows = TABLE.lines().skip(1).map(|line| read(line).unwrap_or_else(|| panic!("not a row: {line}")));
    let mut ranges: Vec<Range> = rows.collect();
    ranges.sort_by_key(|range| std::cmp::Reverse(range.network.prefix_len()));
    ranges
});

/// The row that an address lies in.
pub(super) fn denied(address: IpAddr) -> Option<Denied> {
    DENIED.iter().find(|range| range.network.contains(&address)).map(|range| range.denied.clone())
}

fn read(line: &str) -> Option<Range> {
    let mut cells = line.split('\t');
    let network = cells.next()?.parse().ok()?;
    let class = match cells.next()? {
        "loopback" => DeniedClass::Loopback,
        "private" => DeniedClass::Private,
        "reserved" => DeniedClass::Reserved,
        _ => return None,
    };
    let (name, source) = (cells.next()?, cells.next()?);
    Some(Range { network, denied: Denied { class, range: format!("{name} ({source})") } })
}
