package invoice

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
)

// An invoice and its states: created or pending, then approved, deleted or revoked.
type invoice struct {
	id, kind, subject, issuer, state, etag, document string
	payment                                          invoicePayment
	persons                                          []string // "msisdn:47…"; one person may have two names
	amount, least                                    int64
	due                                              string
	created, changed                                 time.Time
	attachments                                      []attachment
}

type invoicePayment struct {
	Type    string `json:"type"`
	Value   string `json:"value"`
	Account string `json:"account"`
}

type attachment struct {
	ID    string   `json:"id"`
	Title string   `json:"title"`
	Mimes []string `json:"mimeTypes"`
}

// firstInvoices are what the official IPP collection expects to find, as it was in
// Vipps' test environment.
func firstInvoices() map[string]*invoice {
	v := &invoice{
		id: "orgno-no." + core.Organisation + ".2562032543412545", kind: "invoice", subject: "Simulated invoice", issuer: "Simulated company",
		state: "pending", etag: "0123456789abcdef", document: "https://example.com/invoice.pdf",
		payment: invoicePayment{"kid", "26059765131", "15038366383"},
		persons: []string{"msisdn:4790412443", "nin-no:22105000352"},
		amount:  25043, least: 25043, due: "2026-03-31T15:00:00Z",
		created: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), changed: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		attachments: []attachment{{"0", "Simulated attachment", []string{"application/pdf"}}},
	}
	return map[string]*invoice{v.id: v}
}

// newInvoice reads what an ISP sends, or says what is wrong with it.
func newInvoice(id, person string, root gjson.Result, now time.Time) (*invoice, string) {
	amount, whole := input.Integer(root.Get("amount"))
	due, err := time.Parse(time.RFC3339, input.Text(root.Get("due")))
	switch {
	case !whole || amount <= 0:
		return nil, "The amount must be a whole number of at least 1."
	case err != nil:
		return nil, "The due date must be a date and time of RFC 3339."
	case input.Text(root.Get("subject")) == "" || input.Text(root.Get("paymentInformation.account")) == "":
		return nil, "The subject and the paymentInformation are required."
	case len(root.Get("commercialInvoice").Array()) == 0:
		return nil, "The commercialInvoice needs an entry."
	}
	v := &invoice{
		id: id, kind: input.Text(root.Get("invoiceType")), subject: input.Text(root.Get("subject")), issuer: input.Text(root.Get("issuerName")),
		state: "pending", document: input.Text(root.Get("commercialInvoice.0.url")), persons: []string{person},
		payment: invoicePayment{
			input.Text(root.Get("paymentInformation.type")), input.Text(root.Get("paymentInformation.value")), input.Text(root.Get("paymentInformation.account")),
		},
		amount: amount, due: due.UTC().Format(time.RFC3339), created: now, changed: now,
	}
	v.least, _ = input.Integer(root.Get("minAmount"))
	for i, a := range root.Get("attachments").Array() {
		mimes := []string{}
		for _, u := range a.Get("urls").Array() {
			mimes = append(mimes, input.Text(u.Get("mimeType")))
		}
		v.attachments = append(v.attachments, attachment{strconv.Itoa(i), input.Text(a.Get("title")), mimes})
	}
	return v, ""
}

func (v *invoice) isOf(person string) bool { return slices.Contains(v.persons, person) }

func (v *invoice) has(attachmentID string) bool {
	return slices.ContainsFunc(v.attachments, func(a attachment) bool { return a.ID == attachmentID })
}

// become changes the state, or says why it cannot.
func (v *invoice) become(state string, now time.Time) string {
	state = strings.ToLower(state)
	allowed := map[string][]string{
		"approved": {"created", "pending"},
		"pending":  {"created", "pending", "approved"}, // an approval can be taken back
		"deleted":  {"created", "pending", "approved"},
		"revoked":  {"created", "pending"},
	}
	if from, known := allowed[state]; !known || !slices.Contains(from, v.state) {
		return "The invoice is " + v.state + " and cannot become " + state + "."
	}
	v.state, v.changed = state, now
	return ""
}

// invoicesOf is sorted by id: a map has no order, and answers must be the same each time.
func (s *Service) invoicesOf(person, state string) []*invoice {
	var list []*invoice
	for _, v := range s.invoices {
		if v.isOf(person) && (state == "" || state == "all" || state == v.state) {
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(a, b *invoice) int { return strings.Compare(a.id, b.id) })
	return list
}

type invoiceBody struct {
	ID          string            `json:"invoiceId"`
	Payment     invoicePayment    `json:"paymentInformation"`
	Kind        string            `json:"invoiceType"`
	Due         string            `json:"due"`
	Amount      int64             `json:"amount"`
	Least       int64             `json:"minAmount"`
	Subject     string            `json:"subject"`
	Issuer      string            `json:"issuerName"`
	Recipient   map[string]string `json:"recipient"`
	Provider    map[string]string `json:"providerId"`
	Documents   []map[string]any  `json:"commercialInvoice"`
	Attachments []attachment      `json:"attachments"`
	Status      map[string]any    `json:"status"`
	Created     string            `json:"created"`
	Source      string            `json:"source"`
}

func (v *invoice) body() invoiceBody {
	kind, value, _ := strings.Cut(v.persons[0], ":")
	return invoiceBody{
		ID: v.id, Payment: v.payment, Kind: v.kind, Due: v.due, Amount: v.amount, Least: v.least, Subject: v.subject, Issuer: v.issuer,
		Recipient: map[string]string{"identType": kind, "identValue": value, "resolvedAt": v.created.Format(time.RFC3339)},
		Provider:  map[string]string{"identType": "orgno-no", "identValue": core.Organisation},
		Documents: []map[string]any{{"mimeType": "application/pdf"}}, Attachments: append([]attachment{}, v.attachments...),
		Status:  map[string]any{"lastModified": v.changed.Format(time.RFC3339), "state": v.state, "etag": v.etag},
		Created: v.created.Format(time.RFC3339), Source: "vipps",
	}
}
