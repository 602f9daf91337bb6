//! Temporary.
fn main() {
    testkit::run(async |kit| {
        let t = kit.provisioner().make_by_steps().await.expect("steps");
        std::fs::write("migrations/tenant/baseline.sql", kit.shape(t).await).expect("written");
    });
}
