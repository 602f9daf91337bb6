//! The frame around a page: side navigation, company switcher, top bar. Menus are `<details>`, the theme switch and
//! signing out are forms: all of it works without JavaScript.

use leptos::prelude::*;

use crate::components::{Caret, Explain, HelpAddress, Notice, PageKeys, Places, SearchField, Tone};
use crate::help::{Topic, help_path};
use crate::pages::saved_views::ViewsMenu;
use crate::theme::Theme;
use crate::view::frame::{FrameView, Section};
use crate::view::saved_views::ViewsMenuView;

/// The frame of a company's pages.
#[component]
pub fn Frame(view: FrameView, children: Children) -> impl IntoView {
    let side = view.clone();
    let company = view.company.name.clone();
    provide_context(HelpAddress(help_path(Some(&view.company.slug))));
    provide_context(Places {
        locks: view.locks.clone(),
        contacts: view.may_import.then(|| format!("/c/{}", view.company.slug)),
    });
    if let Some(views) = view.views.clone() {
        provide_context(views);
    }
    view! {
        <SkipLink />
        <div class="frame">
            <nav class="side" aria-label="Main">
                <Brand href="/companies" />
                <CompanySwitcher view=side.clone() />
                <Navigation view=side />
            </nav>
            <div class="main">
                <header class="top">
                    <SearchField slug=view.company.slug.clone() />
                    <span class="spacer"></span>
                    <NewMenu view=view.clone() />
                    <a class="help-link wide" href=help_path(Some(&view.company.slug))>"Help"</a>
                    <PageKeys slug=view.company.slug.clone() />
                    <PersonMenu view />
                </header>
                <main class="page" id="page" tabindex="-1">
                    <p class="on-paper whose">{company}</p>
                    {children()}
                </main>
            </div>
        </div>
    }
}

/// The frame of pages outside any company: landing, companies, errors.
#[component]
pub fn PlainFrame(
    /// The colors chosen.
    theme: Theme,
    /// Where the theme switch returns to.
    #[prop(into)]
    address: String,
    /// The name of who is signed in.
    #[prop(into, optional)]
    person: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <SkipLink />
        <div class="plain">
            <header>
                <Brand href="/" />
                {person.map(|name| view! { <Leaving name /> })}
            </header>
            <main id="page" tabindex="-1">{children()}</main>
            <footer>
                <span>"CarteFi keeps the books of small businesses."</span>
                <span class="spacer"></span>
                <a href="/help">"Help"</a>
                <span>"Colors"</span>
                <ThemeSwitch theme return_to=address />
            </footer>
        </div>
    }
}

/// The first lines of a page: its title, a line under it, and what can be done, as children.
#[component]
pub fn PageHead(
    #[prop(into)] title: String,
    #[prop(into, optional)] line: Option<String>,
    /// What explains the page, opened on demand.
    #[prop(optional)]
    explain: Option<Topic>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let views = use_context::<ViewsMenuView>();
    let saved = views.as_ref().and_then(|views| views.saved.as_ref());
    let saved = saved.map(|name| format!("The view “{name}” is saved. Everybody in the company finds it under Views."));
    view! {
        <header class="page-head">
            <div class="titles">
                <h1>{title}</h1>
                {line.map(|line| view! { <p>{line}</p> })}
            </div>
            {children.map(|children| children())}
            {views.map(|views| view! { <ViewsMenu views /> })}
        </header>
        {explain.map(|topic| view! { <Explain topic /> })}
        {saved.map(|title| view! { <Notice tone=Tone::Good title /> })}
    }
    .into_any()
}

/// Who is signed in, and the way out.
#[component]
fn Leaving(name: String) -> impl IntoView {
    view! {
        <span class="spacer"></span>
        <a class="small muted" href="/account/sessions" title="Where you are signed in">
            {name}
        </a>
        <form method="post" action="/logout">
            <button class="btn sm">"Sign out"</button>
        </form>
    }
}

#[component]
fn SkipLink() -> impl IntoView {
    view! { <a class="skip" href="#page">"Skip to the page"</a> }
}

#[component]
fn Brand(href: &'static str) -> impl IntoView {
    view! {
        <a class="brand" href=href>
            <svg viewBox="0 0 20 20" aria-hidden="true">
                <rect class="mark-ground" x="1" y="1" width="18" height="18" rx="5" />
                <path class="mark-line" d="M13.4 7.2a4.2 4.2 0 1 0 0 5.6M5 15.2h10" />
            </svg>
            "CarteFi"
        </a>
    }
}

#[component]
fn CompanySwitcher(view: FrameView) -> impl IntoView {
    let open = view.company.slug;
    // The summary cuts a long name off.
    let name = view.company.name;
    let whole_name = name.clone();
    view! {
        <details class="menu company" name="menu">
            <summary title=whole_name>
                <span class="sr">"Switch company. Open: "</span>
                <span>
                    <b>{name}</b>
                    <span class="tiny muted">{view.company_line}</span>
                </span>
                <Caret />
            </summary>
            <ul class="menu-list">
                {view
                    .companies
                    .into_iter()
                    .map(|company| {
                        let current = (company.slug == open).then_some("true");
                        view! {
                            <li>
                                <a href=Section::Home.path(&company.slug) aria-current=current>{company.name}</a>
                            </li>
                        }
                    })
                    .collect_view()}
                <li class="rule"></li>
                <li><a href="/companies">"All companies"</a></li>
            </ul>
        </details>
    }
}

#[component]
fn Navigation(view: FrameView) -> impl IntoView {
    let link = |section: Section| {
        let current = (view.section == Some(section)).then_some("page");
        let count = view.count_words(section);
        view! {
            <a href=section.path(&view.company.slug) aria-current=current>
                {section.label()}
                {count.map(|count| view! { <span class="count">{count}<span class="sr">" waiting"</span></span> })}
            </a>
        }
    };
    let (first, rest) = Section::ALL.split_at(Section::ON_PHONE);
    view! {
        <ul class="nav">
            {first.iter().map(|section| view! { <li>{link(*section)}</li> }).collect_view()}
            {rest.iter().map(|section| view! { <li class="on-desk">{link(*section)}</li> }).collect_view()}
            <li class="on-phone">
                <details class="menu more" name="menu">
                    <summary>"More"</summary>
                    <ul class="menu-list">
                        {rest.iter().map(|section| view! { <li>{link(*section)}</li> }).collect_view()}
                    </ul>
                </details>
            </li>
        </ul>
    }
}

/// What can be begun here. `n` opens it, where a page has nothing of its own to begin.
#[component]
fn NewMenu(view: FrameView) -> impl IntoView {
    let slug = view.company.slug;
    let begins = [
        (view.may_write_journal, "accounting/journal/new", "Journal entry"),
        (view.may_write_journal, "accounting/accounts/new", "Account"),
        (view.may_import, "sales#contacts", "Customer"),
        (view.may_import, "purchases#contacts", "Vendor"),
        (view.may_import, "banking/import", "Import a statement"),
    ];
    let links: Vec<_> = begins
        .into_iter()
        .filter(|(may, ..)| *may)
        .map(|(_, path, words)| view! { <li><a href=format!("/c/{slug}/{path}")>{words}</a></li> })
        .collect();
    (!links.is_empty()).then(|| {
        view! {
            <details class="menu to-end new" name="menu">
                <summary class="btn primary" data-new-menu="">
                    "New" <kbd aria-hidden="true">"N"</kbd>
                </summary>
                <ul class="menu-list">{links}</ul>
            </details>
        }
    })
}

#[component]
fn PersonMenu(view: FrameView) -> impl IntoView {
    let person = view.person;
    view! {
        <details class="menu to-end person" name="menu">
            <summary>
                {person.initials()} <span class="sr">{format!(", {}: colors and signing out", person.name)}</span>
            </summary>
            <ul class="menu-list">
                <li class="who">
                    <b>{person.name}</b>
                    <span class="small muted">{person.email}</span>
                    <span class="small muted">{format!("Role here: {}", person.role)}</span>
                </li>
                <li class="rule"></li>
                <li class="heading">"Colors"</li>
                <li><ThemeSwitch theme=view.theme return_to=view.address /></li>
                <li class="rule"></li>
                <li><a href=help_path(Some(&view.company.slug))>"Help"</a></li>
                <li><a href="/account/sessions">"Where you are signed in"</a></li>
                <li>
                    <form method="post" action="/logout">
                        <button>"Sign out"</button>
                    </form>
                </li>
            </ul>
        </details>
    }
}

/// Three buttons that set the theme's cookie and come back to the page.
#[component]
pub fn ThemeSwitch(theme: Theme, #[prop(into)] return_to: String) -> impl IntoView {
    view! {
        <form class="theme" method="post" action="/theme">
            <input type="hidden" name="return_to" value=return_to />
            {Theme::ALL
                .map(|choice| {
                    let pressed = if choice == theme { "true" } else { "false" };
                    view! {
                        <button name="theme" value=choice.code() aria-pressed=pressed>
                            {choice.label()}
                        </button>
                    }
                })
                .collect_view()}
        </form>
    }
}
