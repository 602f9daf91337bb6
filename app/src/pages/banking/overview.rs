//! All bank and card accounts, what waits in each, and the statement imports.

use ledger::dates::format_date;
use leptos::prelude::*;

use crate::components::{EmptyState, Money, Notice, Tag, Tone};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::banking::{BankAccountView, BankingView, ImportRow, banking_path, counted};
use crate::view::frame::FrameView;

/// The page of the section.
#[component]
pub fn BankingPage(frame: FrameView, view: BankingView) -> impl IntoView {
    let base = banking_path(&view.slug);
    let (import, connect) = (format!("{base}/import"), format!("{base}/connect"));
    let (may_import, may_connect) = (view.may_import, view.may_connect);
    let is_empty = view.accounts.is_empty();
    let may_reveal = view.may_reveal;
    let ways = {
        let (import, connect) = (import.clone(), connect.clone());
        move || {
            view! {
                {may_connect.then(|| view! { <a class="btn" href=connect>"Connect an account"</a> })}
                {may_import.then(|| view! { <a class="btn primary" href=import>"Import a statement"</a> })}
            }
        }
    };
    let head = (!is_empty).then(ways.clone());
    view! {
        <Frame view=frame>
            <PageHead title="Banking" line="What the bank says, beside what the books say." explain=help::pages::BANKING>
                {head}
            </PageHead>
            {view.done.map(|words| view! { <Notice tone=Tone::Good title=words /> })}
            {if is_empty {
                view! {
                    <EmptyState
                        title="Begin with the bank’s own file"
                        text="Download a statement from your bank as OFX, QFX or QBO (often called Quicken or QuickBooks) and import it \
                        here. The account is connected by that, and its lines wait to be coded."
                    >
                        {ways()}
                    </EmptyState>
                }
                    .into_any()
            } else {
                view! { <Accounts base=base.clone() accounts=view.accounts may_reveal /> }.into_any()
            }}
            {(!view.imports.is_empty()).then(|| view! { <Imports base imports=view.imports may_undo=may_import /> })}
        </Frame>
    }
}

#[component]
fn Accounts(base: String, accounts: Vec<BankAccountView>, may_reveal: bool) -> impl IntoView {
    view! {
        <section class="panel flush">
            <table class="rows accounts">
                <caption class="sr">"Accounts"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Account"</th>
                        <th scope="col" class="num">"Bank balance"</th>
                        <th scope="col" class="num">"In the books"</th>
                        <th scope="col">"To do"</th>
                    </tr>
                </thead>
                <tbody>
                    {accounts
                        .into_iter()
                        .map(|account| view! { <AccountRow base=base.clone() account may_reveal /> })
                        .collect_view()}
                </tbody>
            </table>
        </section>
    }
    .into_any()
}

#[component]
fn AccountRow(base: String, account: BankAccountView, may_reveal: bool) -> impl IntoView {
    let list = format!("{base}/{}", account.id);
    let currency = account.currency;
    let kind = if account.is_card { "Card" } else { "Bank" };
    let number = account.mask.as_ref().map(|mask| format!(" ••{mask}"));
    let reveals = may_reveal && account.mask.is_some();
    let number_page = format!("{list}/number");
    let (waiting, doubtful) = (account.lines.new, account.lines.doubtful);
    let doubt_list = format!("{list}?state=doubtful");
    view! {
        <tr>
            <th scope="row" class="what">
                <a href=list.clone()>{account.account}</a>
                <span class="sub">
                    {kind} {number}
                    {reveals.then(|| view! { " · " <a href=number_page>"Show number"</a> })}
                </span>
            </th>
            <td class="num" data-label="Bank balance">
                {match account.stated {
                    Some((stated, on)) => {
                        view! {
                            <Money amount=stated currency />
                            <span class="sub">{format_date(on)}</span>
                        }
                            .into_any()
                    }
                    None => view! { <span class="muted">"not stated"</span> }.into_any(),
                }}
            </td>
            <td class="num" data-label="In the books">
                <Money amount=account.book_balance currency />
                <span class="sub">{currency.code()}</span>
            </td>
            <td class="todo-cell" data-label="To do">
                {match (waiting, doubtful) {
                    (0, 0) => view! { <Tag tone=Tone::Good text="all reviewed" /> }.into_any(),
                    (0, _) => ().into_any(),
                    (waiting, _) => {
                        view! { <a class="btn sm" href=list>{format!("Review {}", counted(waiting, "line", "lines"))}</a> }
                            .into_any()
                    }
                }}
                {(doubtful > 0)
                    .then(|| view! { <a class="tag warn" href=doubt_list>{format!("{doubtful} in doubt")}</a> })}
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn Imports(base: String, imports: Vec<ImportRow>, may_undo: bool) -> impl IntoView {
    let row = |import: ImportRow| {
        let undo = format!("{base}/imports/{}/undo", import.id);
        let [new, known, doubtful] = import.counts;
        let words = format!("{new} new, {known} known, {doubtful} in doubt");
        let (is_undone, can_undo) = (import.undone, may_undo && !import.undone);
        let of = if import.accounts.is_empty() {
            String::new()
        } else {
            format!("{} · ", import.accounts)
        };
        view! {
            <tr>
                <td class="what">
                    {import.file_name.clone()}
                    <span class="sub">{format!("{of}by {}", import.by)}</span>
                </td>
                <td class="when">{format_date(import.on)}</td>
                <td class="why">
                    {words} {is_undone.then(|| view! { " " <Tag text="undone" /> })}
                </td>
                <td class="act">
                    {can_undo
                        .then(|| {
                            view! {
                                <a class="btn sm quiet" href=undo>
                                    "Undo…"
                                    <span class="sr">{format!(" the import of {}", import.file_name)}</span>
                                </a>
                            }
                        })}
                </td>
            </tr>
        }
    };
    view! {
        <h2 class="above-list">"Imports"</h2>
        <section class="panel flush">
            <table class="rows imports">
                <caption class="sr">"Imports, newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"File"</th>
                        <th scope="col">"Imported"</th>
                        <th scope="col">"Its lines"</th>
                        <th scope="col"><span class="sr">"Undo"</span></th>
                    </tr>
                </thead>
                <tbody>{imports.into_iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use ledger::money::Currency;

    use super::*;
    use crate::view::banking::LineCounts;

    fn row(new: i64, doubtful: i64) -> String {
        let account = BankAccountView {
            id: 1,
            account: "1000 Business Checking".to_owned(),
            is_card: false,
            currency: Currency::USD,
            mask: None,
            stated: None,
            book_balance: 0,
            waiting_amount: 0,
            lines: LineCounts {
                new,
                doubtful,
                ..LineCounts::default()
            },
        };
        Owner::new()
            .with(|| view! { <AccountRow base="/c/juniper/banking".to_owned() account may_reveal=false /> }.to_html())
    }

    #[test]
    fn an_account_is_all_reviewed_only_where_nothing_waits_and_nothing_is_in_doubt() {
        assert!(row(0, 0).contains("all reviewed"));
        let in_doubt = row(0, 2);
        assert!(
            in_doubt.contains("2 in doubt") && !in_doubt.contains("all reviewed"),
            "{in_doubt}"
        );
        let waiting = row(1, 2);
        assert!(
            waiting.contains("Review 1 line<") && waiting.contains("2 in doubt"),
            "{waiting}"
        );
    }
}
