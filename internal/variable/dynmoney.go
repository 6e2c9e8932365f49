package variable

import "strconv"

// finance are accounts, cards and currencies.
func finance() map[string]maker {
	return map[string]maker{
		"randomBankAccount": func(d *Dynamic) string { return d.chars(8, digits) },
		"randomBankAccountName": func(d *Dynamic) string {
			return d.phrase("Savings|Checking|Money Market|Investment|Home Loan|Credit Card|Auto Loan|Personal Loan") + " Account"
		},
		"randomCreditCardMask":  func(d *Dynamic) string { return d.chars(4, digits) },
		"randomBankAccountIban": (*Dynamic).iban,
		"randomBankAccountBic": func(d *Dynamic) string {
			bic := d.chars(4, upperAlnum[:26]) + d.pick("NO SE DK FI DE FR ES NL") + d.chars(2, upperAlnum)
			if d.intn(2) == 0 {
				return bic
			}
			return bic + d.chars(3, upperAlnum)
		},
		"randomTransactionType": func(d *Dynamic) string { return d.pick("deposit withdrawal payment invoice") },
		"randomCurrencyCode": func(d *Dynamic) string {
			return d.pick("NOK SEK DKK EUR USD GBP CHF JPY ISK PLN CZK ZAR INR BRL CAD AUD NZD MXN")
		},
		"randomCurrencyName": func(d *Dynamic) string {
			return d.phrase("Norwegian Krone|Swedish Krona|Danish Krone|Euro|US Dollar|Pound Sterling|Swiss Franc|Yen|Iceland Krona|" +
				"Zloty|Czech Koruna|Rand|Indian Rupee|Brazilian Real|Canadian Dollar|Uganda Shilling")
		},
		"randomCurrencySymbol": func(d *Dynamic) string { return d.pick("kr € $ £ ¥ zł Kč R ₹ R$ ₩ ₱") },
		"randomBitcoin":        func(d *Dynamic) string { return d.pick("1 3") + d.chars(d.between(24, 33), base58Chars) },
	}
}

// iban is an account of a random country with the check digits that ISO 13616 wants.
func (d *Dynamic) iban() string {
	country := d.pick("NO DK FI")
	length := map[string]int{"NO": 11, "DK": 14, "FI": 14}[country]
	account := d.chars(length, digits)
	rest := 0
	for _, c := range account + country + "00" {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	check := strconv.Itoa(98 - rest)
	if len(check) == 1 {
		check = "0" + check
	}
	return country + check + account
}

// commerce are products, companies and what they say of themselves.
func commerce() map[string]maker {
	return map[string]maker{
		"randomPrice": func(d *Dynamic) string { return strconv.FormatFloat(float64(d.intn(100_001))/100, 'f', 2, 64) },
		"randomDepartment": func(d *Dynamic) string {
			return d.pick("Books Movies Music Games Electronics Computers Home Garden Tools Grocery Health Beauty Toys Kids Baby Clothing Shoes Jewelry Sports Outdoors Automotive Industrial")
		},
		"randomProduct":               (*Dynamic).product,
		"randomProductName":           func(d *Dynamic) string { return d.productAdjective() + " " + d.productMaterial() + " " + d.product() },
		"randomProductAdjective":      (*Dynamic).productAdjective,
		"randomProductMaterial":       (*Dynamic).productMaterial,
		"randomCompanyName":           (*Dynamic).company,
		"randomCompanySuffix":         (*Dynamic).companySuffix,
		"randomCatchPhrase":           func(d *Dynamic) string { return d.catchAdjective() + " " + d.catchDescriptor() + " " + d.catchNoun() },
		"randomCatchPhraseAdjective":  (*Dynamic).catchAdjective,
		"randomCatchPhraseDescriptor": (*Dynamic).catchDescriptor,
		"randomCatchPhraseNoun":       (*Dynamic).catchNoun,
		"randomBs":                    func(d *Dynamic) string { return d.bsBuzz() + " " + d.bsAdjective() + " " + d.bsNoun() },
		"randomBsBuzz":                (*Dynamic).bsBuzz,
		"randomBsAdjective":           (*Dynamic).bsAdjective,
		"randomBsNoun":                (*Dynamic).bsNoun,
	}
}

func (d *Dynamic) product() string {
	return d.pick("Chair Car Computer Keyboard Mouse Bike Ball Gloves Pants Shirt Table Shoes Hat Towels Soap Lamp Boat Kettle Sweater Scarf")
}

func (d *Dynamic) productAdjective() string {
	return d.pick("Small Ergonomic Rustic Intelligent Gorgeous Incredible Fantastic Practical Sleek Awesome Generic Handcrafted Handmade Licensed Refined Unbranded Tasty")
}

func (d *Dynamic) productMaterial() string {
	return d.pick("Steel Wooden Concrete Plastic Cotton Granite Rubber Metal Soft Fresh Frozen Woollen")
}

func (d *Dynamic) company() string {
	switch d.intn(3) {
	case 0:
		return d.lastName() + " " + d.companySuffix()
	case 1:
		return d.lastName() + " - " + d.lastName()
	}
	return d.lastName() + ", " + d.lastName() + " and " + d.lastName()
}

func (d *Dynamic) companySuffix() string { return d.phrase("Inc|LLC|Group|and Sons") }

func (d *Dynamic) catchAdjective() string {
	return d.phrase("Adaptive|Advanced|Balanced|Compatible|Configurable|Digitized|Diverse|Expanded|Focused|Fundamental|Grounded|Innovative|Managed|Multi-layered|Open-source|Persistent|Reactive|Robust|Seamless|Sharable|Synchronised|Upgradable|Versatile")
}

func (d *Dynamic) catchDescriptor() string {
	return d.phrase("24 hour|asynchronous|bifurcated|client-server|coherent|dedicated|discrete|dynamic|explicit|global|heuristic|hybrid|incremental|local|modular|multi-state|national|next generation|optimal|radical|regional|scalable|secondary|stable|systemic|tertiary|uniform")
}

func (d *Dynamic) catchNoun() string {
	return d.phrase("ability|access|alliance|archive|array|attitude|benchmark|capacity|challenge|circuit|concept|core|database|encoding|extranet|firmware|forecast|frame|framework|function|groupware|hardware|hub|interface|matrix|middleware|model|monitoring|moratorium|portal|process improvement|protocol|service-desk|software|standardization|strategy|success|throughput|toolset|workforce")
}

func (d *Dynamic) bsBuzz() string {
	return d.pick("implement utilize integrate streamline optimize evolve transform embrace enable orchestrate leverage reinvent aggregate architect enhance incentivize morph empower monetize harness facilitate seize strategize synthesize deploy brand grow target engage deliver scale unleash")
}

func (d *Dynamic) bsAdjective() string {
	return d.pick("clicks-and-mortar value-added vertical proactive robust revolutionary scalable leading-edge innovative intuitive strategic e-business mission-critical sticky one-to-one end-to-end global B2B granular frictionless virtual viral dynamic best-of-breed killer magnetic cross-platform interactive wireless open-source")
}

func (d *Dynamic) bsNoun() string {
	return d.pick("synergies paradigms markets partnerships infrastructures platforms initiatives channels communities solutions action-items portals niches technologies content supply-chains convergence relationships architectures interfaces e-markets e-commerce systems bandwidth models mindshare deliverables users schemas networks applications metrics functionalities experiences methodologies")
}
