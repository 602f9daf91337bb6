//! Saved views: kept for everybody in the company, called by one name each, renamed and removed without a trace lost.

use books::saved_views::{
    NewView, SAVED_VIEWS_MAX, SavedView, saved_view_create, saved_view_get, saved_view_list, saved_view_remove,
    saved_view_update,
};
use tenancy::{Cx, Role};
use testkit::run;

use crate::fixture::{self, fields, key, message};

fn view(name: &str) -> NewView {
    NewView {
        name: name.to_owned(),
        page: "reports/profit-and-loss".to_owned(),
        query: "period=last-month&columns=month".to_owned(),
    }
}

async fn names(cx: &Cx) -> Vec<String> {
    let views = saved_view_list(cx).await.expect("the views");
    views.into_iter().map(|view| view.name).collect()
}

#[test]
fn a_view_is_everybodys_and_says_who_saved_it() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let editor = kit.with_role(&cx, Role::Editor);
        let id = saved_view_create(&editor, &view("Last month by week"), &key())
            .await
            .expect("a view");
        let viewer = kit.with_role(&cx, Role::Viewer);
        let SavedView {
            name,
            page,
            query,
            actor,
            ..
        } = saved_view_get(&viewer, id).await.expect("the view");
        assert_eq!(name, "Last month by week");
        assert_eq!(
            (page.as_str(), query.as_str()),
            ("reports/profit-and-loss", "period=last-month&columns=month")
        );
        assert_eq!(actor, editor.actor().name);
        assert!(matches!(
            saved_view_create(&viewer, &view("Mine"), &key()).await,
            Err(books::Error::Tenancy(tenancy::Error::Forbidden))
        ));
    });
}

#[test]
fn a_name_is_taken_once_and_free_again_when_its_view_is_gone() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let id = saved_view_create(&cx, &view("January"), &key()).await.expect("a view");
        assert_eq!(fields(saved_view_create(&cx, &view("JANUARY"), &key()).await), ["name"]);
        let renamed = saved_view_update(&cx, id, "  February ", &key())
            .await
            .expect("a new name");
        assert_eq!(names(&cx).await, ["February"]);
        assert!(matches!(saved_view_get(&cx, id).await, Err(books::Error::NotFound(_))));
        assert_eq!(
            saved_view_get(&cx, renamed).await.expect("the view").query,
            view("").query
        );
        saved_view_create(&cx, &view("January"), &key())
            .await
            .expect("the name is free");
        assert_eq!(
            fields(saved_view_update(&cx, renamed, "january", &key()).await),
            ["name"]
        );
        saved_view_remove(&cx, renamed, &key()).await.expect("it is removed");
        assert_eq!(names(&cx).await, ["January"]);
        assert!(matches!(
            saved_view_remove(&cx, renamed, &key()).await,
            Err(books::Error::NotFound(_))
        ));
        let record = audit::verify(&cx).await.expect("the record verifies");
        assert!(record.events > 0);
    });
}

#[test]
fn what_is_no_view_of_ours_is_refused() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        assert_eq!(fields(saved_view_create(&cx, &view(" "), &key()).await), ["name"]);
        assert_eq!(
            fields(saved_view_create(&cx, &view(&"x".repeat(101)), &key()).await),
            ["name"]
        );
        for page in ["//elsewhere.example", "reports/../../companies", ""] {
            let new = NewView {
                page: page.to_owned(),
                ..view("January")
            };
            assert_eq!(fields(saved_view_create(&cx, &new, &key()).await), [""], "{page}");
        }
        let new = NewView {
            query: "q=".to_owned() + &"x".repeat(2_000),
            ..view("January")
        };
        assert_eq!(fields(saved_view_create(&cx, &new, &key()).await), [""]);
        assert_eq!(names(&cx).await, Vec::<String>::new());
    });
}

#[test]
fn a_company_has_two_hundred_views_and_no_more() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        for n in 0..SAVED_VIEWS_MAX {
            saved_view_create(&cx, &view(&format!("View {n}")), &key())
                .await
                .expect("a view");
        }
        let refused = saved_view_create(&cx, &view("One more"), &key()).await;
        assert!(message(refused).contains("at most 200 saved views"));
        assert_eq!(names(&cx).await.len(), 200);
    });
}
