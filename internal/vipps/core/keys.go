package core

// Keys are what a merchant copies from the Vipps portal for one sales unit, and
// the phone number of its test user.
type Keys struct {
	ClientID                  string // GUID
	ClientSecret              string // Base64 of 16 bytes
	SubscriptionKey           string // primary, 32 hexadecimal digits
	SubscriptionKeySecondary  string // works wherever the primary one does
	MerchantSerialNumber      string // six digits
	MobileNumber              string // eight digits, as eCom and Recurring v2 want it
	InternationalMobileNumber string // the same with its country code, as ePayment wants it
}

// TestKeys returns the keys of the simulated sales unit. They are right in shape,
// open nothing but this simulator, and differ from the example keys in Vipps'
// documentation, which our own check recognises.
func TestKeys() Keys {
	return Keys{
		ClientID:                  "5d1c3a8e-7b42-4f96-a0d7-3e9b6c215f84",
		ClientSecret:              "cG9zdGhhc3RlLXRlc3QtMQ==",
		SubscriptionKey:           "b7e4d90c1f3a4865927ad08c6e51f2b3",
		SubscriptionKeySecondary:  "2c86f1e05ad94b37b0e47f19d3a5c268",
		MerchantSerialNumber:      "740117",
		MobileNumber:              "91234567",
		InternationalMobileNumber: "4791234567",
	}
}

// MinorNumber is the phone number, without its country code, of a second test user,
// who is under 18 years old.
const MinorNumber = "91234517"

// Organisation is the organisation number that the sales unit belongs to: the one
// that the official collections carry.
const Organisation = "918130047"
