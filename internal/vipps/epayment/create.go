package vipps

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// The longest life of a payment with expiresAt. The published specification says
// 28 days, the newest guide 60.
const longestLife = 60 * 24 * time.Hour

func (s *Server) epaymentCreate(c *call) reply {
	return s.keyed(c, 4020, func() reply {
		p, sn := s.draftPayment(c)
		if sn != nil {
			return s.snagReply(c, *sn)
		}
		s.payments[p.reference] = p
		s.await(p.reference, p.token, p)
		s.later(p.expires, func(time.Time) { s.expirePayment(p) })
		s.publish(p)
		return jsonReply(201, mimeJSON, struct {
			Redirect  string `json:"redirectUrl,omitempty"`
			Reference string `json:"reference"`
		}{p.redirect, p.reference})
	})
}

// draftPayment validates the body in the order form, values, state.
func (s *Server) draftPayment(c *call) (*payment, *snag) {
	root, ok := object(c.body)
	if !ok {
		return nil, badField("body", "The body must be a JSON object.")
	}
	for _, check := range []func(gjson.Result) *snag{
		checkForm, checkAmount, checkMethod, checkPerson, checkProfile, checkMetadata,
	} {
		if sn := check(root); sn != nil {
			return nil, sn
		}
	}
	p := &payment{
		reference: text(root.Get("reference")), psp: s.guid(), flow: text(root.Get("userFlow")),
		phone: text(root.Get("customer.phoneNumber")), scope: text(root.Get("profile.scope")),
		description: text(root.Get("paymentDescription")), returnURL: text(root.Get("returnUrl")),
		state: created,
	}
	p.amount, p.currency, _ = money(root.Get("amount"), "amount")
	if m := root.Get("metadata"); !absent(m) {
		p.metadata = json.RawMessage(m.Raw)
	}
	var sn *snag
	if p.expires, sn = expiry(root, c.now); sn != nil {
		return nil, sn
	}
	if _, taken := s.payments[p.reference]; taken {
		return nil, trouble(4150)
	}
	p.token = s.landing(c, p.reference)
	p.redirect = redirect(c.base, p.flow, p.token)
	p.events = []event{{"CREATED", p.psp, c.header.Get("Idempotency-Key"), p.amount, c.now, true}}
	return p, nil
}

func redirect(base, flow, token string) string {
	switch flow {
	case "PUSH_MESSAGE":
		return ""
	case "QR":
		return base + "/qr-image/v1?token=" + token
	case "NATIVE_REDIRECT":
		return "vipps://token=" + token // sic: so it stands in the specification
	}
	return landingURL(base, token)
}

// onlyFields refuses a field that the API does not know.
func onlyFields(root gjson.Result, known ...string) *snag {
	var sn *snag
	root.ForEach(func(k, _ gjson.Result) bool {
		if !slices.Contains(known, k.Str) {
			sn = badField(k.Str, "The field is unknown.")
		}
		return sn == nil
	})
	return sn
}

func checkForm(root gjson.Result) *snag {
	if sn := onlyFields(root, "amount", "customer", "customerInteraction", "industryData", "paymentMethod",
		"profile", "reference", "returnUrl", "userFlow", "expiresAt", "qrFormat", "paymentDescription",
		"receipt", "metadata", "minimumUserAge", "shipping", "blockedSources"); sn != nil {
		return sn
	}
	words := root.Get("paymentDescription")
	n := len([]rune(text(words)))
	switch {
	case !isWord(text(root.Get("reference")), 8, 64):
		return badField("reference", "The field must match ^[a-zA-Z0-9-]{8,64}$.")
	case !slices.Contains([]string{"WEB_REDIRECT", "NATIVE_REDIRECT", "PUSH_MESSAGE", "QR"}, text(root.Get("userFlow"))):
		return badField("userFlow", "The field must be WEB_REDIRECT, NATIVE_REDIRECT, PUSH_MESSAGE or QR.")
	case !absent(words) && (n < 3 || n > 100):
		return badField("paymentDescription", "The field must have 3 to 100 characters.")
	}
	return nil
}

// money reads an amount object.
func money(v gjson.Result, field string) (value int64, currency string, sn *snag) {
	value, whole := integer(v.Get("value"))
	currency = text(v.Get("currency"))
	switch {
	case !v.IsObject():
		return 0, "", badField(field, "The field is required.")
	case !whole:
		return 0, "", badField(field+".value", "The field must be a whole number.")
	case !slices.Contains([]string{"NOK", "DKK", "EUR"}, currency):
		return 0, "", badField(field+".currency", "The field must be NOK, DKK or EUR.")
	case value < 0 || value > 65_000_000:
		return 0, "", trouble(4040)
	}
	return value, currency, nil
}

func checkAmount(root gjson.Result) *snag {
	value, currency, sn := money(root.Get("amount"), "amount")
	if sn != nil {
		return sn
	}
	if value < 1 || currency == "NOK" && value < 100 {
		return trouble(6010)
	}
	return nil
}

// checkMethod refuses free-standing cards: Vipps' test environment has none.
func checkMethod(root gjson.Result) *snag {
	switch text(root.Get("paymentMethod.type")) {
	case "WALLET":
		return nil
	case "CARD":
		return trouble(4160)
	}
	return badField("paymentMethod.type", "The field must be WALLET or CARD.")
}

func checkPerson(root gjson.Result) *snag {
	flow, customer, back := text(root.Get("userFlow")), root.Get("customer"), root.Get("returnUrl")
	given := 0
	for _, name := range []string{"phoneNumber", "personalQr", "customerToken"} {
		if !absent(customer.Get(name)) {
			given++
		}
	}
	phone := customer.Get("phoneNumber")
	switch {
	case !absent(customer) && given != 1:
		return badField("customer", "Exactly one of phoneNumber, personalQr and customerToken is needed.")
	case flow == "PUSH_MESSAGE" && given == 0, strings.HasSuffix(flow, "_REDIRECT") && text(back) == "":
		return trouble(4140)
	case !absent(phone) && !isDigits(text(phone), 10, 15):
		return trouble(4070)
	case !absent(back) && !isReturnURL(text(back)):
		return trouble(4090)
	}
	return nil
}

func checkProfile(root gjson.Result) *snag {
	for word := range strings.FieldsSeq(text(root.Get("profile.scope"))) {
		if !slices.Contains([]string{"name", "address", "email", "phoneNumber", "birthDate", "nin"}, word) {
			return trouble(4080)
		}
	}
	return nil
}

func checkMetadata(root gjson.Result) *snag {
	var sn *snag
	pairs := 0
	root.Get("metadata").ForEach(func(k, v gjson.Result) bool {
		pairs++
		switch {
		case pairs > 5:
			sn = trouble(4100)
		case len([]rune(k.Str)) > 100:
			sn = trouble(4110)
		case v.Type != gjson.String || len([]rune(v.Str)) > 500:
			sn = trouble(4120)
		}
		return sn == nil
	})
	return sn
}

// expiry is when the payment ends unapproved: ten minutes from now, or expiresAt.
func expiry(root gjson.Result, now time.Time) (time.Time, *snag) {
	v := root.Get("expiresAt")
	if absent(v) {
		return now.Add(paymentLife), nil
	}
	end, err := time.Parse(time.RFC3339, text(v))
	switch {
	case err != nil:
		return end, badField("expiresAt", "The field must be a date and time of RFC 3339.")
	case end.Sub(now) <= paymentLife:
		return end, trouble(6120)
	case end.Sub(now) > longestLife:
		return end, trouble(6110)
	case absent(root.Get("receipt")):
		return end, trouble(6130)
	}
	return end.UTC(), nil
}
