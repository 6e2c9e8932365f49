package vipps

import (
	"time"

	"github.com/tidwall/gjson"
)

const expressType = "eComm Express Payment"

func (s *Server) ecomInitiate(c *call) reply {
	root, ok := object(c.body)
	if !ok {
		return s.ecomReply(*invalidField("body", "The body is not a JSON object"))
	}
	isApp := root.Get("merchantInfo.isApp").Bool()
	for _, check := range []func() *fault{
		func() *fault { return s.checkMSN(root.Get("merchantInfo.merchantSerialNumber")) },
		func() *fault { return s.checkURLs(root.Get("merchantInfo"), isApp) },
		func() *fault { return checkCustomer(root.Get("customerInfo")) },
		func() *fault { return checkTransaction(root.Get("transaction")) },
	} {
		if f := check(); f != nil {
			return s.ecomReply(*f)
		}
	}
	t := root.Get("transaction")
	amount, _ := integer(t.Get("amount"))
	o := &order{
		id: text(t.Get("orderId")), text: text(t.Get("transactionText")), amount: amount,
		phone: text(root.Get("customerInfo.mobileNumber")), scope: text(t.Get("scope")),
		express: text(root.Get("merchantInfo.paymentType")) == expressType, created: c.now,
		merchant: readMerchant(root.Get("merchantInfo")),
	}
	if _, taken := s.orders[o.id]; taken {
		return s.ecomReply(fault{"Merchant", "34", "Unique order id is required"})
	}
	o.token = s.landing(c, o.id)
	o.add(entry{op: opInitiate, amount: o.amount, text: o.text, id: s.transactionID(), at: c.now, success: true})
	s.orders[o.id] = o
	s.await(o.id, o.token, o)
	s.later(o.created.Add(paymentLife), func(time.Time) { s.expireOrder(o) })
	link := landingURL(c.base, o.token)
	if isApp {
		link = "vippsMT://?token=" + o.token
	}
	return jsonReply(200, mimeJSON, struct {
		Order string `json:"orderId"`
		URL   string `json:"url"`
	}{o.id, link})
}

// checkMSN wants the sales unit as a string: a bare number is Vipps' documented
// way to an internal error.
func (s *Server) checkMSN(v gjson.Result) *fault {
	switch {
	case absent(v) || v.Type == gjson.String && v.Str == "":
		return invalidField("merchantInfo.merchantSerialNumber", "merchantSerialNumber should not be null or empty")
	case v.Type != gjson.String:
		return wrongType()
	case v.Str != s.keys.MerchantSerialNumber:
		f := invalidMSN(v.Str)
		return &f
	}
	return nil
}

// checkURLs asks for https, except that an app may be called back under its own
// scheme: nothing is validated then.
func (s *Server) checkURLs(m gjson.Result, isApp bool) *fault {
	if m.Get("fallback").Exists() {
		return wrongType()
	}
	fallBack, callback := text(m.Get("fallBack")), text(m.Get("callbackPrefix"))
	express := text(m.Get("paymentType")) == expressType
	callable := func(link string) bool { return isPublicURL(link, "https") || !s.strict && isLoopback(link) }
	consent, shipping := text(m.Get("consentRemovalPrefix")), text(m.Get("shippingDetailsPrefix"))
	switch {
	case fallBack == "" || !isApp && !isPublicURL(fallBack, "http", "https"):
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

func checkCustomer(v gjson.Result) *fault {
	phone := v.Get("mobileNumber")
	switch {
	case !v.IsObject():
		return invalidField("customerInfo", "customerInfo should not be null")
	case !absent(phone) && text(phone) != "" && !isDigits(text(phone), 8, 8):
		return &fault{"User", "81", "The phone number has the wrong format: 8 digits are needed"}
	}
	return nil
}

func checkTransaction(t gjson.Result) *fault {
	words := text(t.Get("transactionText"))
	switch amount, whole := integer(t.Get("amount")); {
	case !isWord(text(t.Get("orderId")), 1, 50):
		return invalidField("transaction.orderId", "orderId must have 1 to 50 letters, digits or hyphens")
	case absent(t.Get("amount")):
		return invalidField("transaction.amount", "amount should not be null")
	case !whole:
		return wrongType()
	case amount < 100:
		return paymentFault("43", "Invalid amount. Must be greater than 0, and at least 100 øre.")
	case words == "" || len([]rune(words)) > 100:
		return invalidField("transaction.transactionText", "transactionText must have 1 to 100 characters")
	case t.Get("skipLandingPage").Bool():
		return &fault{"Merchant", "38", "skipLandingPage is not allowed for this sales unit"}
	case wants(text(t.Get("scope")), "nin"):
		return &fault{"Merchant", "51", "The scope nin is not allowed for this sales unit"}
	}
	return nil
}
