//! The deny list, row by row: the first address, the last and one between are denied, the neighbours aren't where they
//! are public. The rows are written out here again, so that a row that is lost, moved or reclassified fails its test.

use std::net::IpAddr;

use error_model::evidence::DeniedClass::{self, Loopback, Private, Reserved};
use probe::egress::Policy;

/// One test for each row: its class and name, addresses of it, and public addresses next to it.
macro_rules! rows {
    ($($row:ident: $class:ident, $range:literal, [$($inside:literal),+], public [$($outside:literal),*];)+) => {
        $(#[test]
        fn $row() {
            check($class, $range, &[$($inside),+], &[$($outside),*]);
        })+

        /// Every row has a test here, and every test a row.
        #[test]
        fn the_table_has_these_rows_and_no_others() {
            let named = [$($range),+];
            let table = include_str!("../src/egress/deny_ranges.tsv");
            let rows: Vec<String> = table
                .lines()
                .skip(1)
                .map(|line| line.split('\t').collect::<Vec<_>>())
                .map(|cells| format!("{} ({})", cells[2], cells[3]))
                .collect();
            assert_eq!(rows, named);
        }
    };
}

fn check(class: DeniedClass, range: &str, inside: &[&str], outside: &[&str]) {
    let judge = |address: &str| Policy::default().allow(address.parse::<IpAddr>().unwrap(), 993);
    for address in inside {
        let denied = judge(address).expect_err(address);
        assert_eq!((denied.class, denied.range.as_str()), (class, range), "{address}");
    }
    for address in outside {
        assert_eq!(judge(address).map(|allowed| allowed.get().ip()), Ok(address.parse().unwrap()));
    }
}

rows! {
    this_network_0_0_0_0_8: Loopback, "This network (RFC 791)",
        ["0.0.0.0", "0.128.0.0", "0.255.255.255"], public ["1.0.0.0"];
    private_use_10_0_0_0_8: Private, "Private-Use (RFC 1918)",
        ["10.0.0.0", "10.0.0.1", "10.255.255.255"], public ["9.255.255.255", "11.0.0.0"];
    shared_address_space_cgnat_100_64_0_0_10: Private, "Shared Address Space (CGNAT) (RFC 6598)",
        ["100.64.0.0", "100.64.0.1", "100.127.255.255"], public ["100.63.255.255", "100.128.0.0"];
    loopback_127_0_0_0_8: Loopback, "Loopback (RFC 1122)",
        ["127.0.0.0", "127.0.0.1", "127.255.255.255"], public ["126.255.255.255", "128.0.0.0"];
    link_local_169_254_0_0_16: Private, "Link-Local (RFC 3927)",
        ["169.254.0.0", "169.254.169.254", "169.254.255.255"], public ["169.253.255.255", "169.255.0.0"];
    private_use_172_16_0_0_12: Private, "Private-Use (RFC 1918)",
        ["172.16.0.0", "172.16.0.1", "172.31.255.255"], public ["172.15.255.255", "172.32.0.0"];
    ietf_protocol_assignments_192_0_0_0_24: Reserved, "IETF Protocol Assignments (RFC 6890)",
        ["192.0.0.0", "192.0.0.1", "192.0.0.255"], public ["191.255.255.255", "192.0.1.0"];
    documentation_test_net_1_192_0_2_0_24: Reserved, "Documentation TEST-NET-1 (RFC 5737)",
        ["192.0.2.0", "192.0.2.1", "192.0.2.255"], public ["192.0.1.255", "192.0.3.0"];
    as112_v4_192_31_196_0_24: Reserved, "AS112-v4 (RFC 7535)",
        ["192.31.196.0", "192.31.196.1", "192.31.196.255"], public ["192.31.195.255", "192.31.197.0"];
    amt_192_52_193_0_24: Reserved, "AMT (RFC 7450)",
        ["192.52.193.0", "192.52.193.1", "192.52.193.255"], public ["192.52.192.255", "192.52.194.0"];
    deprecated_6to4_relay_anycast_192_88_99_0_24: Reserved, "Deprecated 6to4 relay anycast (RFC 7526)",
        ["192.88.99.0", "192.88.99.1", "192.88.99.255"], public ["192.88.98.255", "192.88.100.0"];
    private_use_192_168_0_0_16: Private, "Private-Use (RFC 1918)",
        ["192.168.0.0", "192.168.0.1", "192.168.255.255"], public ["192.167.255.255", "192.169.0.0"];
    direct_delegation_as112_192_175_48_0_24: Reserved, "Direct Delegation AS112 (RFC 7534)",
        ["192.175.48.0", "192.175.48.1", "192.175.48.255"], public ["192.175.47.255", "192.175.49.0"];
    benchmarking_198_18_0_0_15: Reserved, "Benchmarking (RFC 2544)",
        ["198.18.0.0", "198.18.0.1", "198.19.255.255"], public ["198.17.255.255", "198.20.0.0"];
    documentation_test_net_2_198_51_100_0_24: Reserved, "Documentation TEST-NET-2 (RFC 5737)",
        ["198.51.100.0", "198.51.100.1", "198.51.100.255"], public ["198.51.99.255", "198.51.101.0"];
    documentation_test_net_3_203_0_113_0_24: Reserved, "Documentation TEST-NET-3 (RFC 5737)",
        ["203.0.113.0", "203.0.113.1", "203.0.113.255"], public ["203.0.112.255", "203.0.114.0"];
    multicast_224_0_0_0_4: Reserved, "Multicast (RFC 5771)",
        ["224.0.0.0", "224.0.0.1", "239.255.255.255"], public ["223.255.255.255"];
    reserved_240_0_0_0_4: Reserved, "Reserved (RFC 1112)", ["240.0.0.0", "240.0.0.1"], public [];
    limited_broadcast_255_255_255_255_32: Reserved, "Limited broadcast (RFC 919)",
        ["255.255.255.255"], public [];
    azure_wireserver_168_63_129_16_32: Private, "Azure WireServer/DNS virtual IP (Azure platform)",
        ["168.63.129.16"], public ["168.63.129.15", "168.63.129.17"];
    unspecified_128: Loopback, "Unspecified (RFC 4291)", ["::"], public [];
    loopback_1_128: Loopback, "Loopback (RFC 4291)", ["::1"], public [];
    ipv4_compatible_deprecated_96: Reserved, "IPv4-compatible (deprecated) (RFC 4291)",
        ["::7f00:1", "::ffff:ffff"], public [];
    ipv4_mapped_ffff_0_0_96: Reserved, "IPv4-mapped (RFC 4291)",
        ["::ffff:0:0", "::ffff:7f00:1", "::ffff:ffff:ffff"], public [];
    ipv4_translated_siit_ffff_0_0_0_96: Reserved, "IPv4-translated (SIIT) (RFC 2765)",
        ["::ffff:0:0:0", "::ffff:0:7f00:1", "::ffff:0:ffff:ffff"], public [];
    nat64_well_known_prefix_64_ff9b_96: Reserved, "NAT64 well-known prefix (RFC 6052)",
        ["64:ff9b::", "64:ff9b::7f00:1", "64:ff9b::ffff:ffff"], public [];
    nat64_local_use_64_ff9b_1_48: Reserved, "NAT64 local-use (RFC 8215)",
        ["64:ff9b:1::", "64:ff9b:1::1", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"], public [];
    discard_only_100_64: Reserved, "Discard-Only (RFC 6666)",
        ["100::", "100::1", "100::ffff:ffff:ffff:ffff"], public [];
    dummy_ipv6_prefix_100_0_0_1_64: Reserved, "Dummy IPv6 prefix (RFC 9780)",
        ["100:0:0:1::", "100:0:0:1::1", "100::1:ffff:ffff:ffff:ffff"], public [];
    ietf_protocol_assignments_all_2001_23: Reserved, "IETF Protocol Assignments (all) (RFC 2928)",
        ["2001:100::1", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"],
        public ["2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:200::"];
    teredo_2001_32: Reserved, "Teredo (RFC 4380)",
        ["2001::", "2001::1", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff"],
        public ["2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff"];
    pcp_turn_srp_anycast_1_2_3_2001_1_32: Reserved, "PCP/TURN/SRP anycast (::1,::2,::3) (RFC 7723/8155/9665)",
        ["2001:1::", "2001:1::1", "2001:1:ffff:ffff:ffff:ffff:ffff:ffff"], public [];
    benchmarking_2001_2_48: Reserved, "Benchmarking (RFC 5180)",
        ["2001:2::", "2001:2::1", "2001:2:0:ffff:ffff:ffff:ffff:ffff"], public [];
    amt_2001_3_32: Reserved, "AMT (RFC 7450)",
        ["2001:3::", "2001:3::1", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff"], public [];
    as112_v6_2001_4_112_48: Reserved, "AS112-v6 (RFC 7535)",
        ["2001:4:112::", "2001:4:112::1", "2001:4:112:ffff:ffff:ffff:ffff:ffff"], public [];
    orchid_deprecated_2001_10_28: Reserved, "ORCHID (deprecated) (RFC 4843)",
        ["2001:10::", "2001:10::1", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff"], public [];
    orchidv2_2001_20_28: Reserved, "ORCHIDv2 (RFC 7343)",
        ["2001:20::", "2001:20::1", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff"], public [];
    drone_remote_id_dets_2001_30_28: Reserved, "Drone Remote ID DETs (RFC 9374)",
        ["2001:30::", "2001:30::1", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff"], public [];
    documentation_2001_db8_32: Reserved, "Documentation (RFC 3849)",
        ["2001:db8::", "2001:db8::1", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"],
        public ["2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::"];
    from_6to4_2002_16: Reserved, "6to4 (RFC 3056/7526)",
        ["2002::", "2002:7f00:1::1", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
        public ["2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2003::"];
    direct_delegation_as112_2620_4f_8000_48: Reserved, "Direct Delegation AS112 (RFC 7534)",
        ["2620:4f:8000::", "2620:4f:8000::1", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff"],
        public ["2620:4f:7fff:ffff:ffff:ffff:ffff:ffff", "2620:4f:8001::"];
    documentation_3fff_20: Reserved, "Documentation (RFC 9637)",
        ["3fff::", "3fff::1", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"],
        public ["3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:1000::"];
    srv6_sids_5f00_16: Reserved, "SRv6 SIDs (RFC 9602)",
        ["5f00::", "5f00::1", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], public [];
    unique_local_fc00_7: Private, "Unique-Local (RFC 4193)",
        ["fc00::", "fd00:ec2::254", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], public [];
    link_local_fe80_10: Private, "Link-Local (RFC 4291)",
        ["fe80::", "fe80::1", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], public [];
    site_local_deprecated_fec0_10: Private, "Site-Local (deprecated) (RFC 3879)",
        ["fec0::", "fec0::1", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], public [];
    multicast_ff00_8: Reserved, "Multicast (RFC 4291)",
        ["ff00::", "ff02::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], public [];
}

/// IPv6 is dialled in 2000::/3 only, whatever IANA does with the rest.
#[test]
fn nothing_outside_of_global_unicast_is_dialled() {
    let range = "outside of 2000::/3, the only global unicast space (RFC 4291)";
    let outside =
        ["200::1", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "4000::", "4000::1", "5eff::1", "fbff::1"];
    check(Reserved, range, &outside, &["2000::", "3ffe::1"]);
}

/// A mail server's address is no part of any range.
#[test]
fn mail_servers_of_the_internet_are_allowed() {
    for address in ["142.250.102.108", "2a00:1450:4025:c03::6c", "52.97.201.194", "8.8.8.8", "133.242.0.1"] {
        assert!(Policy::default().allow(address.parse().unwrap(), 993).is_ok(), "{address}");
    }
}
