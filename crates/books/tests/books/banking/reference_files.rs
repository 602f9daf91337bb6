//! Files of many banks, through the whole import. The files are not part of this repository: without them the test is skipped.

use std::fs;
use std::path::{Path, PathBuf};

use books::accounts::{NewAccount, account_create};
use books::statements::{StatementChoice, statement_import};
use ledger::accounts::AccountType;
use tenancy::RequestKey;

use super::*;
use crate::fixture;

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ofx"));
    paths.sort();
    paths
}

#[test]
fn every_banks_file_imports_line_by_line_and_a_second_time_adds_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ofx");
    if !folder.is_dir() {
        println!("skipped: the statement files are not here");
        return;
    }
    testkit::run(async |kit| {
        let mut imported_files = 0;
        let damaged = files(&folder.join("fail_nice"));
        assert_eq!(damaged.len(), 3);
        for path in files(&folder).into_iter().chain(damaged) {
            let bytes = fs::read(&path).expect("a file");
            let cx = fixture::company(kit, "Juniper Cycles").await;
            let read = match feeds::read_statement(bytes.as_slice()) {
                Ok(read) => read,
                Err(error) => {
                    let refused = told(try_import(&cx, "Business Checking", bytes).await);
                    assert!(
                        !refused.is_empty() && refused.iter().all(|p| p.starts_with("file: ")),
                        "{}: {error}",
                        path.display()
                    );
                    continue;
                }
            };
            let mut choices = Vec::new();
            for (n, of_file) in read.accounts.iter().filter(|account| !account.listed_only).enumerate() {
                let new = NewAccount::named(format!("Account {n} of {}", of_file.id), AccountType::Bank);
                let account_id = account_create(&cx, &new, &RequestKey::fresh())
                    .await
                    .expect("an account");
                choices.push(StatementChoice {
                    of_file: format!("#{}", n + 1),
                    account_id,
                });
            }
            let count: usize = read.accounts.iter().map(|account| account.lines.len()).sum();
            let first = statement_import(&cx, source(bytes.clone()), &choices, &RequestKey::fresh())
                .await
                .expect("imported");
            let [new, known, doubtful] = new_known_doubtful(&first);
            assert_eq!((new + doubtful, known), (count, 0), "{}", path.display());
            let second = statement_import(&cx, source(bytes), &choices, &RequestKey::fresh())
                .await
                .expect("imported");
            assert_eq!(new_known_doubtful(&second), [0, count, 0], "{}", path.display());
            imported_files += 1;
        }
        assert!(
            imported_files > 10,
            "most of the files hold statements: {imported_files}"
        );
    });
}
