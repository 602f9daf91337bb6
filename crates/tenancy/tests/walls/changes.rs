//! Changes: one a transaction, one writer a company, a repeat gets the first answer.

use tenancy::{Capability, Opened, RequestKey};

#[test]
fn a_repeated_request_gets_the_first_answer() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let key = RequestKey::fresh();
        let Opened::Change(tx) = cx.write(Capability::Documents, &key).await.expect("a change") else {
            panic!("the first request opens a change");
        };
        assert_eq!(tx.change(), 1);
        tx.commit(&42).await.expect("committed");
        match cx.write(Capability::Documents, &key).await.expect("an answer") {
            Opened::Repeated(answer) => assert_eq!(answer.read::<i32>().expect("a number"), 42),
            Opened::Change(_) => panic!("the repeat opened a change"),
        }
    });
}
