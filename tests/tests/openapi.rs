//! The relay's OpenAPI document is one.

use std::fs;
use std::path::Path;

use tests::openapi::said_of;

#[test]
fn the_document_is_openapi() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../relay/openapi.json");
    let document = fs::read_to_string(file).expect("the document is there");
    assert_eq!(said_of(&document), "");
    let broken = document.replacen("\"operationId\": \"run\"", "\"operationId\": 7", 1);
    assert!(said_of(&broken).contains("operationId"), "the validator looks");
}
