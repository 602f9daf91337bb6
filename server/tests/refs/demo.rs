//! The demo company of a fixed day, made once for all tests by the program itself.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tenancy::{Actor, Cx, Role};
use testkit::Kit;
use tokio::sync::OnceCell;
use vault::KeyEncryptionKey;

/// The day that its books reach to.
const TODAY: &str = "2026-11-22";

/// The demo company, and the installation it is in.
#[derive(Debug)]
pub struct Demo {
    /// Its short name.
    pub slug: String,
    /// Its owner's way into its books.
    pub cx: Cx,
    folder: PathBuf,
}

/// The demo company.
pub async fn demo(kit: &Kit) -> &'static Demo {
    static DEMO: OnceCell<Demo> = OnceCell::const_new();
    DEMO.get_or_init(|| made(kit)).await
}

async fn made(kit: &Kit) -> Demo {
    kit.provisioner().stock_to(1).await.expect("a stock");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("refs-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let config = serde_json::to_string(&kit.config).expect("the configuration");
    std::fs::write(folder.join("config.json"), config).expect("written");
    KeyEncryptionKey::generate_file(&folder.join("key")).expect("a key");
    let slug = said(&folder, &["demo", "--today", TODAY]).trim().to_owned();
    let tenant = kit.tenancy.tenant_by_slug(&slug).await.expect("the companies");
    let tenant = tenant.expect("the demo company");
    let owner = Actor::person("dana@junipercycles.example");
    Demo {
        slug,
        cx: kit.tenancy.cx(tenant, owner, Role::Admin, "test".to_owned()),
        folder,
    }
}

impl Demo {
    /// What `cartefi report` prints of it.
    pub fn report(&self, arguments: &[&str]) -> String {
        said(
            &self.folder,
            &[&["report"], arguments, &["--company", &self.slug]].concat(),
        )
    }
}

/// What the program answers.
fn said(folder: &std::path::Path, arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_cartefi"))
        .args(arguments)
        .env("CARTEFI_CONFIG", folder.join("config.json"))
        .env("CARTEFI_KEY_FILE", folder.join("key"))
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    assert!(status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).expect("text")
}
