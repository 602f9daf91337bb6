//! The command line as a script meets it: the built program, its answers, its reasons and its exit codes.

mod demo;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use testkit::Kit;
use vault::KeyEncryptionKey;

/// The built program with an installation's files, as `cartefi setup` leaves them.
struct Program {
    folder: PathBuf,
    company: String,
}

/// What a command left.
#[derive(Debug)]
struct Done {
    code: Option<i32>,
    said: String,
    reason: String,
}

impl Done {
    fn json(&self) -> Value {
        serde_json::from_str(&self.said).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl Program {
    /// Its files in a folder of the test's own, and a company that it opened.
    async fn with_company(kit: &Kit, name: &str) -> Self {
        kit.provisioner().stock_to(2).await.expect("a stock");
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let config = serde_json::to_string(&kit.config).expect("the configuration");
        std::fs::write(folder.join("config.json"), config).expect("written");
        KeyEncryptionKey::generate_file(&folder.join("key")).expect("a key");
        let mut program = Self {
            folder,
            company: String::new(),
        };
        let opened = program.run(&["company", "create", "--name", name, "--entity", "sole_proprietor"]);
        assert_eq!(opened.code, Some(0), "{opened:?}");
        program.company = opened.said.trim().to_owned();
        program
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cartefi"));
        command
            .args(arguments)
            .env("CARTEFI_CONFIG", self.folder.join("config.json"))
            .env("CARTEFI_KEY_FILE", self.folder.join("key"))
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Done {
        let Output { status, stdout, stderr } = self.command(arguments).output().expect("the program starts");
        Done {
            code: status.code(),
            said: String::from_utf8(stdout).expect("text"),
            reason: String::from_utf8(stderr).expect("text"),
        }
    }

    /// A file of the test, by its path.
    fn file(&self, name: &str, text: &str) -> String {
        let path: &Path = &self.folder.join(name);
        std::fs::write(path, text).expect("written");
        path.to_str().expect("a name in Unicode").to_owned()
    }

    fn import_journal(&self, file: &str, more: &[&str]) -> Done {
        self.run(&[&["import", "journal", file, "--company", &self.company], more].concat())
    }

    fn trial_balance(&self, format: &str) -> Done {
        self.run(&[
            "report",
            "trial-balance",
            "--company",
            &self.company,
            "--as-of",
            "2026-03-31",
            "--format",
            format,
        ])
    }
}

const JOURNAL: &str = "Journal No.,Journal Date,Account Name,Account Type,Debits,Credits,Description,Name\n\
    1,03/02/2026,Till,Bank,250.00,,Morning,\n\
    1,03/02/2026,Sales of bread,Income,,250.00,Morning,\n";

#[test]
fn a_journal_is_tried_imported_and_reported_in_the_shapes_that_scripts_read() {
    testkit::run(async |kit| {
        let program = Program::with_company(kit, "Bread and Butter").await;
        let file = program.file("journal.csv", JOURNAL);
        let counts = json!({
            "new": 1, "known": 0, "doubtful": 0, "errors": [], "warnings": [],
            "accounts": [
                {"account": "Till", "type": "Bank", "detail_type": null},
                {"account": "Sales of bread", "type": "Income", "detail_type": null},
            ],
            "contacts": [], "contact_count": 0, "unread_columns": [], "unread_column_count": 0,
        });
        // Whose it is and when it was made: as it says it.
        let face = |reported: &mut serde_json::Value| {
            let face = reported.as_object_mut().expect("a report");
            assert_eq!(face.remove("company"), Some(json!("Bread and Butter")));
            assert_eq!(face.remove("report"), Some(json!("Trial Balance")));
            for name in ["made_at", "change", "chain"] {
                assert!(face.remove(name).is_some(), "{name}");
            }
        };
        let nothing = json!({
            "as_of": "2026-03-31", "basis": "accrual", "currency": "USD", "rows": [],
            "total_debit": "0.00", "total_credit": "0.00",
        });

        let tried = program.import_journal(&file, &["--dry-run"]);
        assert_eq!((tried.code, tried.json()), (Some(0), counts.clone()), "{tried:?}");
        let mut reported = program.trial_balance("json").json();
        face(&mut reported);
        assert_eq!(reported, nothing);

        let imported = program.import_journal(&file, &[]);
        assert_eq!((imported.code, imported.json()), (Some(0), counts), "{imported:?}");
        let mut reported = program.trial_balance("json").json();
        face(&mut reported);
        assert_eq!(
            reported,
            json!({
                "as_of": "2026-03-31", "basis": "accrual", "currency": "USD",
                "rows": [
                    {"number": reported["rows"][0]["number"], "account": "Till", "type": "Bank", "debit": "250.00", "credit": "0.00"},
                    {"number": reported["rows"][1]["number"], "account": "Sales of bread", "type": "Income", "debit": "0.00", "credit": "250.00"},
                ],
                "total_debit": "250.00", "total_credit": "250.00",
            })
        );
    });
}

#[test]
fn an_import_says_what_it_makes_and_what_it_leaves_out_as_the_preview_does() {
    testkit::run(async |kit| {
        let program = Program::with_company(kit, "Rye and Barley").await;
        let rows = [
            "Journal No.,Journal Date,Account Name,Account Type,Debits,Credits,Name,Due Date,Class",
            "1,03/02/2026,Oven,Fixed Assets,250.00,,Oven Works,04/01/2026,Shop",
            "1,03/02/2026,Loan from Shareholder,Other Current Liabilities,,250.00,,,",
        ];
        let file = program.file("oven.csv", &(rows.join("\n") + "\n"));
        let tried = program.import_journal(&file, &["--dry-run", "--format", "text"]);
        assert_eq!(
            (tried.code, tried.said.as_str()),
            (
                Some(0),
                "\
Entries: 1 would be imported, 0 imported before, 0 in doubt
Accounts that are made, 1 without a detail type: set it in the chart of accounts, the statement of cash flows goes by it
  Oven: Fixed Asset, no detail type
  Loan from Shareholder: Other Current Liability, Loan Payable
Customers and vendors that are made
  Oven Works: Vendor
Columns that are not read
  Class
Left out
  Line 2: The Due Date is left out: “Oven” is neither a receivable nor a payable account, and nothing is due on it.
"
            ),
            "{tried:?}"
        );
        let imported = program.import_journal(&file, &[]).json();
        assert_eq!(imported["accounts"][1]["detail_type"], json!("Loan Payable"));
        assert_eq!(
            (
                &imported["contacts"],
                &imported["unread_columns"],
                &imported["warnings"][0]["line"]
            ),
            (
                &json!([{"name": "Oven Works", "customer": false, "vendor": true}]),
                &json!(["Class"]),
                &json!(2)
            )
        );
        // What is there already is not made again.
        let again = program.import_journal(&file, &[]).json();
        assert_eq!((&again["known"], &again["accounts"]), (&json!(1), &json!([])));
    });
}

#[test]
fn a_lock_is_set_at_the_level_that_is_named_and_for_everyone_when_none_is() {
    testkit::run(async |kit| {
        let program = Program::with_company(kit, "Locked Bread").await;
        let file = program.file("journal.csv", JOURNAL);
        let lock = |through: &str, more: &[&str]| {
            let options = [
                "lock",
                "--company",
                &program.company,
                "--through",
                through,
                "--reason",
                "Filed",
            ];
            program.run(&[&options, more].concat())
        };
        assert_eq!(lock("2026-03-31", &["--level", "editors"]).code, Some(0));
        // Whoever runs the command line is no editor.
        assert_eq!(
            program.import_journal(&file, &["--dry-run"]).json()["errors"],
            json!([])
        );
        assert_eq!(lock("2026-03-31", &[]).code, Some(0));
        let errors = &program.import_journal(&file, &["--dry-run"]).json()["errors"];
        assert!(
            errors[0]["message"]
                .as_str()
                .is_some_and(|message| message.contains("locked through Mar 31, 2026")),
            "{errors}"
        );
        let wrong = lock("2026-03-31", &["--level", "viewers"]);
        assert_eq!(wrong.code, Some(2), "{wrong:?}");
        assert!(wrong.reason.contains("give everyone or editors"), "{wrong:?}");
    });
}

#[test]
fn a_file_with_an_error_is_refused_whole_by_its_lines() {
    testkit::run(async |kit| {
        let program = Program::with_company(kit, "Half a Loaf").await;
        let file = program.file("off.csv", &JOURNAL.replace(",,250.00", ",,249.00"));
        let refused = program.import_journal(&file, &[]);
        assert_eq!(refused.code, Some(1), "{refused:?}");
        let counts = refused.json();
        assert_eq!((&counts["new"], &counts["known"]), (&json!(0), &json!(0)), "{counts}");
        let errors = counts["errors"].as_array().expect("errors");
        assert!(
            !errors.is_empty() && errors.iter().all(|error| error["line"].is_u64()),
            "{counts}"
        );
        assert!(refused.reason.contains("nothing was imported"), "{refused:?}");
        assert_eq!(program.trial_balance("json").json()["rows"], json!([]));
    });
}

#[test]
fn a_statement_that_cannot_be_read_at_all_says_so_at_its_first_line() {
    testkit::run(async |kit| {
        let program = Program::with_company(kit, "Not a Statement").await;
        let accounts = program.file("accounts.csv", JOURNAL);
        assert_eq!(program.import_journal(&accounts, &[]).code, Some(0));
        let file = program.file("letter.ofx", "Dear customer,\nwe changed our terms.\n");
        let refused = program.run(&[
            "import",
            "statement",
            &file,
            "--company",
            &program.company,
            "--account",
            "Till",
        ]);
        assert_eq!(refused.code, Some(1), "{refused:?}");
        let counts = refused.json();
        assert_eq!(
            (&counts["new"], &counts["doubtful"]),
            (&json!(0), &json!(0)),
            "{counts}"
        );
        assert_eq!(counts["errors"][0]["line"], json!(1), "{counts}");
        assert!(
            counts["errors"][0]["message"]
                .as_str()
                .is_some_and(|words| words.len() > 10),
            "{counts}"
        );
        assert!(refused.reason.contains("nothing was imported"), "{refused:?}");
    });
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    testkit::run(async |kit| {
        let program = Program::with_company(kit, "Head of a List").await;
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = program.command(&["report", "trial-balance", "--company", &program.company]);
        let done = command
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .expect("the program starts");
        assert_eq!(
            (done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()),
            (Some(0), "")
        );
    });
}

#[test]
fn what_is_used_wrongly_exits_with_two_and_what_is_refused_with_one() {
    testkit::run(async |kit| {
        let program = Program::with_company(kit, "Exit Codes").await;
        let wrong = program.run(&[
            "report",
            "trial-balance",
            "--company",
            &program.company,
            "--as-of",
            "2026-02-30",
        ]);
        assert_eq!((wrong.code, wrong.said.as_str()), (Some(2), ""), "{wrong:?}");
        let refused = program.run(&["report", "trial-balance", "--company", "no-such-company"]);
        assert_eq!((refused.code, refused.said.as_str()), (Some(1), ""), "{refused:?}");
        assert_eq!(refused.reason, "cartefi: there is no company no-such-company\n");
    });
}
