//! Customers and vendors.

use books::contacts::{
    CONTACT_PAGE_MAX, CONTACTS_MAX, NewContact, contact_choices, contact_create, contact_get, contact_list,
};
use tenancy::{Capability, Opened};

use crate::fixture::{company, fields, key};

fn customer(name: &str) -> NewContact {
    NewContact {
        name: name.to_owned(),
        customer: true,
        vendor: false,
    }
}

#[test]
fn a_contact_has_a_name_of_its_own_and_is_a_customer_or_a_vendor() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        contact_create(&cx, &customer("Hollis Hardware"), &key())
            .await
            .expect("a customer");
        assert_eq!(
            fields(contact_create(&cx, &customer("hollis hardware"), &key()).await),
            ["name"]
        );
        let neither = NewContact {
            customer: false,
            ..customer(" ")
        };
        assert_eq!(fields(contact_create(&cx, &neither, &key()).await), ["name", "kind"]);
        let choices = contact_choices(&cx).await.expect("choices");
        assert_eq!(contact_get(&cx, choices[0].id).await.expect("the customer"), choices[0]);
        assert!(matches!(
            contact_get(&cx, 999_999).await,
            Err(books::Error::NotFound(_))
        ));
        assert_eq!(
            choices.iter().map(|contact| contact.name.as_str()).collect::<Vec<_>>(),
            ["Hollis Hardware"]
        );
    });
}

#[test]
fn contacts_are_listed_by_name_page_by_page_and_found_by_how_they_begin() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let count = CONTACT_PAGE_MAX + 5;
        for n in 0..count {
            contact_create(&cx, &customer(&format!("Customer {n:03}")), &key())
                .await
                .expect("a customer");
        }
        contact_create(&cx, &customer("100% Wool"), &key())
            .await
            .expect("a customer");
        let first = contact_list(&cx, "customer", None).await.expect("a page");
        assert_eq!(first.contacts.len() as i64, CONTACT_PAGE_MAX);
        let rest = contact_list(&cx, "customer", first.next.as_ref())
            .await
            .expect("a page");
        assert_eq!((rest.contacts.len(), rest.next), (5, None));
        assert_eq!(rest.contacts[0].name, "Customer 200");
        assert_eq!(contact_list(&cx, "100%", None).await.expect("a page").contacts.len(), 1);
        assert!(contact_list(&cx, "%", None).await.expect("a page").contacts.is_empty());
    });
}

#[test]
fn a_company_has_at_most_ten_thousand_contacts() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let Opened::Change(mut tx) = cx.write(Capability::Documents, &key()).await.expect("a change") else {
            panic!("the key is fresh");
        };
        sqlx::query!("insert into contact (name, customer, vendor) select 'Customer ' || n, true, false from generate_series(1, $1::bigint - 1) n", CONTACTS_MAX)
            .execute(&mut *tx)
            .await
            .expect("nearly all of them");
        tx.commit(&()).await.expect("committed");
        contact_create(&cx, &customer("The last one"), &key())
            .await
            .expect("the ten thousandth");
        assert_eq!(fields(contact_create(&cx, &customer("One more"), &key()).await), [""]);
    });
}
