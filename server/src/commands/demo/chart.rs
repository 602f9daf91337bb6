//! The accounts of the story, by their full names, and those that the starter chart lacks.

use ledger::accounts::AccountType::{
    self, CostOfGoodsSold, Expense, FixedAsset, Income, LongTermLiability, OtherCurrentAsset,
};

pub const CHECKING: &str = "Business Checking";
pub const SAVINGS: &str = "Business Savings";
pub const TILL: &str = "Cash on Hand";
pub const CARD: &str = "Credit Card";
pub const RECEIVABLE: &str = "Accounts Receivable";
pub const INVENTORY: &str = "Inventory";
pub const PREPAID_INSURANCE: &str = "Prepaid Expenses:Prepaid Insurance";
pub const EQUIPMENT: &str = "Furniture and Equipment:Workshop Equipment";
pub const RENTAL_FLEET: &str = "Furniture and Equipment:Rental Bikes";
pub const VEHICLES: &str = "Vehicles";
pub const ACCUMULATED: &str = "Accumulated Depreciation";
pub const DEPOSIT: &str = "Security Deposits";
pub const PAYABLE: &str = "Accounts Payable";
pub const SALES_TAX: &str = "Sales Tax Payable";
pub const PAYROLL_LIABILITIES: &str = "Payroll Liabilities";
pub const LOAN: &str = "Notes Payable:Workshop Loan";
pub const CONTRIBUTIONS: &str = "Member Contributions";
pub const DRAWS: &str = "Member Draws";
pub const RETAINED: &str = "Retained Earnings";
pub const REPAIRS: &str = "Sales of Services:Repairs and Tune-ups";
pub const FLEET_SERVICE: &str = "Sales of Services:Fleet Service";
pub const RENTALS: &str = "Sales of Services:Rentals";
pub const BICYCLES: &str = "Sales of Products:Bicycles";
pub const PARTS: &str = "Sales of Products:Parts and Accessories";
pub const CLOTHING: &str = "Sales of Products:Clothing";
pub const DISCOUNTS: &str = "Discounts and Refunds Given";
pub const COST_OF_BICYCLES: &str = "Cost of Goods Sold:Bicycles Sold";
pub const COST_OF_PARTS: &str = "Cost of Goods Sold:Parts and Materials";
pub const FREIGHT: &str = "Cost of Goods Sold:Freight In";
pub const SUBCONTRACTORS: &str = "Subcontractors";
pub const ADVERTISING: &str = "Advertising";
pub const CAR: &str = "Car and Truck";
pub const FEES: &str = "Merchant Processing Fees";
pub const BANK_CHARGES: &str = "Bank Charges";
pub const INSURANCE: &str = "Insurance";
pub const INTEREST: &str = "Interest";
pub const PROFESSIONAL: &str = "Legal and Professional";
pub const OFFICE: &str = "Office and Software";
/// Used until somebody saw that there are two of them; merged into the one above.
pub const SOFTWARE: &str = "Software Subscriptions";
pub const RENT: &str = "Rent";
pub const MAINTENANCE: &str = "Repairs and Maintenance";
pub const SUPPLIES: &str = "Supplies";
pub const TAXES: &str = "Taxes and Licenses";
pub const TRAVEL: &str = "Travel";
pub const MEALS: &str = "Meals";
pub const POWER: &str = "Utilities:Power and Water";
pub const INTERNET: &str = "Utilities:Internet and Phone";
pub const WAGES: &str = "Wages:Workshop and Shop Floor";
pub const PAYROLL_TAXES: &str = "Wages:Payroll Taxes";
pub const UNCATEGORIZED: &str = "Uncategorized Expense";
pub const INTEREST_INCOME: &str = "Interest Income";
pub const DEPRECIATION: &str = "Depreciation";

/// An account below one of the starter chart.
#[derive(Clone, Copy, Debug)]
pub struct Subaccount {
    pub number: &'static str,
    pub parent: &'static str,
    pub name: &'static str,
    pub account_type: AccountType,
    pub detail_type: &'static str,
}

const fn below(
    parent: &'static str,
    number: &'static str,
    name: &'static str,
    account_type: AccountType,
    detail_type: &'static str,
) -> Subaccount {
    Subaccount {
        number,
        parent,
        name,
        account_type,
        detail_type,
    }
}

/// What the shop adds to the chart.
pub const SUBACCOUNTS: &[Subaccount] = &[
    below(
        "Prepaid Expenses",
        "1310",
        "Prepaid Insurance",
        OtherCurrentAsset,
        "PrepaidExpenses",
    ),
    below(
        "Furniture and Equipment",
        "1501",
        "Workshop Equipment",
        FixedAsset,
        "MachineryAndEquipment",
    ),
    below(
        "Furniture and Equipment",
        "1502",
        "Rental Bikes",
        FixedAsset,
        "MachineryAndEquipment",
    ),
    below(
        "Notes Payable",
        "2710",
        "Workshop Loan",
        LongTermLiability,
        "NotesPayable",
    ),
    below(
        "Sales of Services",
        "4001",
        "Repairs and Tune-ups",
        Income,
        "ServiceFeeIncome",
    ),
    below("Sales of Services", "4002", "Fleet Service", Income, "ServiceFeeIncome"),
    below("Sales of Services", "4003", "Rentals", Income, "ServiceFeeIncome"),
    below("Sales of Products", "4011", "Bicycles", Income, "SalesOfProductIncome"),
    below(
        "Sales of Products",
        "4012",
        "Parts and Accessories",
        Income,
        "SalesOfProductIncome",
    ),
    below("Sales of Products", "4013", "Clothing", Income, "SalesOfProductIncome"),
    below(
        "Cost of Goods Sold",
        "5010",
        "Bicycles Sold",
        CostOfGoodsSold,
        "SuppliesMaterialsCogs",
    ),
    below(
        "Cost of Goods Sold",
        "5020",
        "Parts and Materials",
        CostOfGoodsSold,
        "SuppliesMaterialsCogs",
    ),
    below(
        "Cost of Goods Sold",
        "5030",
        "Freight In",
        CostOfGoodsSold,
        "ShippingFreightDeliveryCos",
    ),
    below("Utilities", "6310", "Power and Water", Expense, "Utilities"),
    below("Utilities", "6320", "Internet and Phone", Expense, "Utilities"),
    below("Wages", "6410", "Workshop and Shop Floor", Expense, "PayrollExpenses"),
    below("Wages", "6420", "Payroll Taxes", Expense, "PayrollExpenses"),
];

/// The number of [`SOFTWARE`].
pub const SOFTWARE_NUMBER: &str = "6165";

/// Who buys on account.
pub const CUSTOMERS: &[&str] = &[
    "Northside Messenger Co-op",
    "Harbor Point Hotel",
    "Alder Street Couriers",
    "Lakeview School District",
    "Hollis Hardware",
    "Tidewater Brewing",
    "Greenlake Rowing Club",
];

/// Who is paid on account.
pub const VENDORS: &[&str] = &[
    "Evergreen Bicycle Works",
    "Shimano North America",
    "Quill Wheel Supply",
    "Trailhead Apparel",
    "Cedar Property Management",
];

/// Whether an account is of the profit and loss: its own balance begins anew every year.
#[cfg(test)]
pub fn is_earning(account: &str) -> bool {
    const BALANCE_SHEET: [&str; 17] = [
        CHECKING,
        SAVINGS,
        TILL,
        CARD,
        RECEIVABLE,
        INVENTORY,
        PREPAID_INSURANCE,
        EQUIPMENT,
        RENTAL_FLEET,
        VEHICLES,
        ACCUMULATED,
        DEPOSIT,
        PAYABLE,
        SALES_TAX,
        PAYROLL_LIABILITIES,
        LOAN,
        DRAWS,
    ];
    !BALANCE_SHEET.contains(&account)
}
