//! The companies that somebody may enter.

use leptos::prelude::*;

use crate::components::{ColumnHead, DataTable, EmptyState};
use crate::frame::{PageHead, PlainFrame};
use crate::theme::Theme;
use crate::view::company::CompanyRow;
use crate::view::frame::Section;
use crate::view::people::role_words;

/// A list to choose from, or the way to begin.
#[component]
pub fn CompaniesPage(
    companies: Vec<CompanyRow>,
    /// The name of who is signed in.
    person: String,
    /// Their e-mail address.
    email: String,
    theme: Theme,
) -> impl IntoView {
    let is_empty = companies.is_empty();
    view! {
        <PlainFrame theme address="/companies" person>
            <div class="medium">
                <PageHead title="Your companies" line=format!("Signed in as {email}")>
                    {(!is_empty).then(|| view! { <a class="btn primary" href="/companies/new">"New company"</a> })}
                </PageHead>
                {if is_empty {
                    view! {
                        <EmptyState
                            title="No company yet"
                            text="Create one and you are its admin. If somebody invited you, open the link they sent: it lets you into their company."
                        >
                            <a class="btn primary" href="/companies/new">"Create a company"</a>
                        </EmptyState>
                    }
                        .into_any()
                } else {
                    view! { <CompanyList companies /> }.into_any()
                }}
            </div>
        </PlainFrame>
    }
}

#[component]
fn CompanyList(companies: Vec<CompanyRow>) -> impl IntoView {
    let head = || view! { <ColumnHead text="Company" /> <ColumnHead text="Your role" /> };
    view! {
        <DataTable caption="Your companies" head>
            {companies
                .into_iter()
                .map(|company| {
                    let role = role_words(&company.role).map_or("", |role| role.name);
                    view! {
                        <tr>
                            <th scope="row" class="what">
                                <a href=Section::Home.path(&company.slug)>{company.name}</a>
                                <span class="sub">{company.slug}</span>
                            </th>
                            <td class="how-much">{role}</td>
                        </tr>
                    }
                })
                .collect_view()}
        </DataTable>
    }
}
