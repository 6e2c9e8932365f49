package ecom

import (
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// expressType is the paymentType of Express orders.
const expressType = "eComm Express Payment"

// initiate checks part by part and reports the first that is wrong, as Vipps does; so the
// order of the checks matters.
func (s *Service) initiate(c *core.Call) response.Response {
	root, ok := input.Object(c.Body)
	if !ok {
		return s.refuse(*invalidField("body", "The body is not a JSON object"))
	}
	isApp := root.Get("merchantInfo.isApp").Bool()
	for _, check := range []func() *problem{
		func() *problem { return s.checkMSN(root.Get("merchantInfo.merchantSerialNumber")) },
		func() *problem { return s.checkURLs(root.Get("merchantInfo"), isApp) },
		func() *problem { return checkCustomer(root.Get("customerInfo")) },
		func() *problem { return checkTransaction(root.Get("transaction")) },
	} {
		if f := check(); f != nil {
			return s.refuse(*f)
		}
	}
	t := root.Get("transaction")
	amount, _ := input.Integer(t.Get("amount"))
	o := &order{
		id: input.Text(t.Get("orderId")), text: input.Text(t.Get("transactionText")), amount: amount,
		phone: input.Text(root.Get("customerInfo.mobileNumber")), scope: input.Text(t.Get("scope")),
		express: input.Text(root.Get("merchantInfo.paymentType")) == expressType, created: c.Now,
		merchant: readMerchant(root.Get("merchantInfo")),
	}
	if _, taken := s.orders[o.id]; taken {
		return s.refuse(problem{"Merchant", "34", "Unique order id is required"})
	}
	o.token = s.core.LandingToken(c, o.id)
	o.transaction = s.core.TransactionID()
	o.add(entry{op: opInitiate, amount: o.amount, text: o.text, id: o.transaction, at: c.Now, success: true})
	s.orders[o.id] = o
	s.core.Await(o.id, o.token, decision{o, s})
	s.core.Schedule(o.created.Add(core.DecisionLife), func(time.Time) { s.expireOrder(o) })
	link := s.core.LandingURL(c, o.token)
	if isApp {
		link = "vippsMT://?token=" + o.token
	}
	return response.JSON(200, struct {
		Order string `json:"orderId"`
		URL   string `json:"url"`
	}{o.id, link})
}

// checkMSN wants the sales unit as a string: a bare number is Vipps' documented way to an
// internal error.
func (s *Service) checkMSN(v gjson.Result) *problem {
	switch {
	case input.Absent(v) || v.Type == gjson.String && v.Str == "":
		return invalidField("merchantInfo.merchantSerialNumber", "merchantSerialNumber should not be null or empty")
	case v.Type != gjson.String:
		return wrongType()
	case v.Str != s.core.Keys().MerchantSerialNumber:
		return foreignMSN(v.Str)
	}
	return nil
}

// checkURLs wants https URLs. An app may be called back under its own scheme: nothing is
// validated then. Loopback addresses are allowed unless the server is strict, since tests
// listen there.
func (s *Service) checkURLs(m gjson.Result, isApp bool) *problem {
	// A frequent typing error, which Vipps answers with an internal error.
	if m.Get("fallback").Exists() {
		return wrongType()
	}
	fallBack, callback := input.Text(m.Get("fallBack")), input.Text(m.Get("callbackPrefix"))
	express := input.Text(m.Get("paymentType")) == expressType
	callable := func(link string) bool {
		return input.IsPublicURL(link, "https") || !s.core.Strict() && input.IsLoopback(link)
	}
	consent, shipping := input.Text(m.Get("consentRemovalPrefix")), input.Text(m.Get("shippingDetailsPrefix"))
	switch {
	case fallBack == "" || !isApp && !input.IsPublicURL(fallBack, "http", "https"):
		return invalidField("merchantInfo.fallBack", "Fallback should not be null or empty")
	case callback == "" || !isApp && !callable(callback):
		return invalidField("merchantInfo.callbackPrefix", "Callback prefix must be a valid https URL")
	case express && !callable(consent):
		return invalidField("merchantInfo.consentRemovalPrefix", "Consent removal prefix must be a valid https URL")
	case shipping != "" && !callable(shipping):
		return invalidField("merchantInfo.shippingDetailsPrefix", "Shipping details prefix must be a valid https URL")
	}
	return nil
}

// checkCustomer wants the object; the phone number, of eight digits without a country code,
// is optional.
func checkCustomer(v gjson.Result) *problem {
	phone := v.Get("mobileNumber")
	switch {
	case !v.IsObject():
		return invalidField("customerInfo", "customerInfo should not be null")
	case !input.Absent(phone) && input.Text(phone) != "" && !input.IsDigits(input.Text(phone), 8, 8):
		return &problem{"User", "81", "The phone number has the wrong format: 8 digits are needed"}
	}
	return nil
}

// checkTransaction checks the payment. The least amount is 100 øre, whatever the message
// says.
func checkTransaction(t gjson.Result) *problem {
	words := input.Text(t.Get("transactionText"))
	switch amount, whole := input.Integer(t.Get("amount")); {
	case !input.IsWord(input.Text(t.Get("orderId")), 1, 50):
		return invalidField("transaction.orderId", "orderId must have 1 to 50 letters, digits or hyphens")
	case input.Absent(t.Get("amount")):
		return invalidField("transaction.amount", "amount should not be null")
	case !whole:
		return wrongType()
	case amount < 100:
		return paymentProblem("43", "Invalid amount. Must be greater than 0, and at least 100 øre.")
	case words == "" || len([]rune(words)) > 100:
		return invalidField("transaction.transactionText", "transactionText must have 1 to 100 characters")
	case t.Get("skipLandingPage").Bool():
		return &problem{"Merchant", "38", "skipLandingPage is not allowed for this sales unit"}
	case input.HasScope(input.Text(t.Get("scope")), "nin"):
		return &problem{"Merchant", "51", "The scope nin is not allowed for this sales unit"}
	}
	return nil
}
