//! What is left of a pack's models where feature `model` is off.

use semrel::{ErrorKind, ExpandOptions};

use super::semrel;

#[test]
fn stored_vectors_answer_and_nothing_else_does() {
    let semrel = semrel();
    assert_eq!(semrel.similar("kiracı", 3).unwrap().len(), 3);
    assert!(semrel.embed("kiracı").is_ok());
    for error in [
        semrel.embed("daha önce görülmemiş").unwrap_err(),
        semrel.relation_by_model("kiracı", "kefil").unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Unavailable);
        assert!(
            error.to_string().contains("without feature \"model\""),
            "{error}"
        );
    }
    assert_eq!(semrel.relation("kiracı", "depremzede").unwrap(), None);
    assert_eq!(
        semrel
            .expand("depremzede", &ExpandOptions::default())
            .unwrap(),
        []
    );
}
