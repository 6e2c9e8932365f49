package epayment

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// The longest life of a payment with expiresAt. The published specification says
// 28 days, the newest guide 60.
const longestLife = 60 * 24 * time.Hour

// create makes a payment that waits for the user, and ends it by itself when its time is over.
func (s *Service) create(c *core.Call) response.Response {
	return s.keyed(c, 4020, func() response.Response {
		p, prob := s.draftPayment(c)
		if prob != nil {
			return s.refuse(c, *prob)
		}
		s.payments[p.reference] = p
		s.core.Await(p.reference, p.token, decision{p, s})
		s.core.Schedule(p.expires, func(time.Time) { s.expirePayment(p) })
		s.publish(p)
		return response.JSON(201, struct {
			Redirect  string `json:"redirectUrl,omitempty"`
			Reference string `json:"reference"`
		}{p.redirect, p.reference})
	})
}

// draftPayment validates the body in the order form, values, state, and makes a payment of it
// that is not filed yet.
func (s *Service) draftPayment(c *core.Call) (*payment, *Problem) {
	root, ok := input.Object(c.Body)
	if !ok {
		return nil, invalidField("body", "The body must be a JSON object.")
	}
	for _, check := range []func(gjson.Result) *Problem{
		s.checkKnownFields, checkForm, checkAmount, checkMethod, checkPerson, checkProfile, checkMetadata, checkShipping,
	} {
		if prob := check(root); prob != nil {
			return nil, prob
		}
	}
	p := &payment{
		reference: input.Text(root.Get("reference")), psp: s.core.GUID(), flow: input.Text(root.Get("userFlow")),
		phone: input.Text(root.Get("customer.phoneNumber")), scope: input.Text(root.Get("profile.scope")),
		description: input.Text(root.Get("paymentDescription")), returnURL: input.Text(root.Get("returnUrl")),
		state: created,
	}
	p.amount, p.currency, _ = ReadAmount(root.Get("amount"), "amount")
	if m := root.Get("metadata"); !input.Absent(m) {
		p.metadata = json.RawMessage(m.Raw)
	}
	var prob *Problem
	if p.expires, prob = expiry(root, c.Now); prob != nil {
		return nil, prob
	}
	if _, taken := s.payments[p.reference]; taken {
		return nil, problemOf(4150)
	}
	p.token = s.core.LandingToken(c, p.reference)
	p.redirect = s.redirect(c, p.flow, p.token)
	p.events = []event{{"CREATED", p.psp, c.Header.Get("Idempotency-Key"), p.amount, c.Now, true}}
	return p, nil
}

// redirect is where the merchant sends the user; it depends on the flow and is empty for a
// push message. The token leads to the landing page.
func (s *Service) redirect(c *core.Call, flow, token string) string {
	switch flow {
	case "PUSH_MESSAGE":
		return ""
	case "QR":
		return c.Base + "/qr-image/v1?token=" + token
	case "NATIVE_REDIRECT":
		return "vipps://token=" + token // sic: so it stands in the specification
	}
	return s.core.LandingURL(c, token)
}

// checkFields refuses a field that the API does not know, when the server is strict.
// Otherwise it is ignored, as Vipps may add fields at any time.
func (s *Service) checkFields(root gjson.Result, known ...string) *Problem {
	var prob *Problem
	root.ForEach(func(k, _ gjson.Result) bool {
		if s.core.Strict() && !slices.Contains(known, k.Str) {
			prob = invalidField(k.Str, "The field is unknown.")
		}
		return prob == nil
	})
	return prob
}

// checkKnownFields lists the fields of the published specification.
func (s *Service) checkKnownFields(root gjson.Result) *Problem {
	return s.checkFields(root, "amount", "customer", "customerInteraction", "industryData", "paymentMethod",
		"profile", "reference", "returnUrl", "userFlow", "expiresAt", "qrFormat", "paymentDescription",
		"receipt", "receiptUrl", "merchantTerms", "metadata", "minimumUserAge", "shipping", "blockedSources")
}

// checkForm checks what has a form of its own: the reference, the flow and the description.
func checkForm(root gjson.Result) *Problem {
	words := root.Get("paymentDescription")
	n := len([]rune(input.Text(words)))
	switch {
	case !input.IsWord(input.Text(root.Get("reference")), 8, 64):
		return invalidField("reference", "The field must match ^[a-zA-Z0-9-]{8,64}$.")
	case !slices.Contains([]string{"WEB_REDIRECT", "NATIVE_REDIRECT", "PUSH_MESSAGE", "QR"}, input.Text(root.Get("userFlow"))):
		return invalidField("userFlow", "The field must be WEB_REDIRECT, NATIVE_REDIRECT, PUSH_MESSAGE or QR.")
	case !input.Absent(words) && (n < 3 || n > 100):
		return invalidField("paymentDescription", "The field must have 3 to 100 characters.")
	}
	return nil
}

// ReadAmount reads an amount object; field is where it stands, for the problem. Amounts are
// in minor units, up to 650,000 in any currency.
func ReadAmount(v gjson.Result, field string) (value int64, currency string, prob *Problem) {
	value, whole := input.Integer(v.Get("value"))
	currency = input.Text(v.Get("currency"))
	switch {
	case !v.IsObject():
		return 0, "", invalidField(field, "The field is required.")
	case !whole:
		return 0, "", invalidField(field+".value", "The field must be a whole number.")
	case !slices.Contains([]string{"NOK", "DKK", "EUR"}, currency):
		return 0, "", invalidField(field+".currency", "The field must be NOK, DKK or EUR.")
	case value < 0 || value > 65_000_000:
		return 0, "", problemOf(4040)
	}
	return value, currency, nil
}

// checkAmount wants 1 øre or cent at least, and a whole krone in NOK, as the published limits
// say.
func checkAmount(root gjson.Result) *Problem {
	value, currency, prob := ReadAmount(root.Get("amount"), "amount")
	if prob != nil {
		return prob
	}
	if value < 1 || currency == "NOK" && value < 100 {
		return problemOf(6010)
	}
	return nil
}

// checkMethod refuses free-standing cards: Vipps' test environment has none.
func checkMethod(root gjson.Result) *Problem {
	switch input.Text(root.Get("paymentMethod.type")) {
	case "WALLET":
		return nil
	case "CARD":
		return problemOf(4160)
	}
	return invalidField("paymentMethod.type", "The field must be WALLET or CARD.")
}

// checkPerson checks the customer and the way back to the shop: a push message needs somebody to push to, a redirect
// needs an address to return to.
func checkPerson(root gjson.Result) *Problem {
	flow, customer, back := input.Text(root.Get("userFlow")), root.Get("customer"), root.Get("returnUrl")
	// Vipps wants exactly one way to name the customer.
	given := 0
	for _, name := range []string{"phoneNumber", "personalQr", "customerToken"} {
		if !input.Absent(customer.Get(name)) {
			given++
		}
	}
	phone := customer.Get("phoneNumber")
	switch {
	case !input.Absent(customer) && given != 1:
		return invalidField("customer", "Exactly one of phoneNumber, personalQr and customerToken is needed.")
	case flow == "PUSH_MESSAGE" && given == 0, strings.HasSuffix(flow, "_REDIRECT") && input.Text(back) == "":
		return problemOf(4140)
	case !input.Absent(phone) && !input.IsMSISDN(input.Text(phone)):
		return problemOf(4070)
	case !input.Absent(back) && !input.IsReturnURL(input.Text(back)):
		return problemOf(4090)
	}
	return nil
}

// checkProfile knows the scopes of the profile.
func checkProfile(root gjson.Result) *Problem {
	for word := range strings.FieldsSeq(input.Text(root.Get("profile.scope"))) {
		if !slices.Contains([]string{"name", "address", "email", "phoneNumber", "birthDate", "nin"}, word) {
			return problemOf(4080)
		}
	}
	return nil
}

// checkMetadata allows at most five pairs, with keys of 100 and values of 500 characters.
func checkMetadata(root gjson.Result) *Problem {
	var prob *Problem
	pairs := 0
	root.Get("metadata").ForEach(func(k, v gjson.Result) bool {
		pairs++
		switch {
		case pairs > 5:
			prob = problemOf(4100)
		case len([]rune(k.Str)) > 100:
			prob = problemOf(4110)
		case v.Type != gjson.String || len([]rune(v.Str)) > 500:
			prob = problemOf(4120)
		}
		return prob == nil
	})
	return prob
}

// checkShipping looks at the countries that an Express payment can be sent to.
func checkShipping(root gjson.Result) *Problem {
	countries := root.Get("shipping.allowedCountries")
	if input.Absent(countries) {
		return nil
	}
	valid := countries.IsArray()
	for _, country := range countries.Array() {
		valid = valid && country.Type == gjson.String && countryCode.MatchString(country.Str)
	}
	if !valid {
		return invalidField("shipping.allowedCountries", "The field must be a list of two-letter country codes.")
	}
	return nil
}

// countryCode is the form of ISO 3166-1 alpha-2.
var countryCode = regexp.MustCompile(`^[A-Z]{2}$`)

// expiry is when the payment ends unapproved: ten minutes from now, or expiresAt, which must
// lie further away and needs a receipt.
func expiry(root gjson.Result, now time.Time) (time.Time, *Problem) {
	v := root.Get("expiresAt")
	if input.Absent(v) {
		return now.Add(core.DecisionLife), nil
	}
	end, err := time.Parse(time.RFC3339, input.Text(v))
	switch {
	case err != nil:
		return end, invalidField("expiresAt", "The field must be a date and time of RFC 3339.")
	case end.Sub(now) <= core.DecisionLife:
		return end, problemOf(6120)
	case end.Sub(now) > longestLife:
		return end, problemOf(6110)
	case input.Absent(root.Get("receipt")):
		return end, problemOf(6130)
	}
	return end.UTC(), nil
}
