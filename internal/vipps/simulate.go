package vipps

import "time"

// memory is what one server knows of its merchant's doings. Resetting the server
// replaces it.
type memory struct {
	era        *era                 // tells one memory from the next
	serial     int64                // last transaction number given out
	agenda     []appointment        // earliest first
	tokens     map[string]time.Time // access token to its end
	landings   map[string]decision  // by landing token
	waiting    map[string]decision  // by order id, reference, agreement id, login
	open       []decision           // the same, oldest first
	orders     map[string]*order
	payments   map[string]*payment
	agreements map[string]*agreement
	drafts     []*agreement // the same, oldest first
	charges    map[string]*charge
	psp        map[string]*pspPayment
	units      []*salesUnit       // of the PSP signup API
	consents   map[string]consent // by sub
	logins     map[string]*login  // by auth_req_id or by code
	sessions   map[string]session // by login access token
	answers    map[string]answer  // by idempotency key
	windows    map[string][]time.Time
	hooks      []*hook
	deliveries []delivery // newest last
	checkouts  map[string]*checkout
	qrs        []*redirectQR
	qrLinks    map[string]string // where one-time codes lead
	spots      []*callbackQR
	images     map[string]bool // of order management
	dossiers   map[string]*dossier
	invoices   map[string]*invoice
	recipients map[string]string // recipient token to the person
}

// An era is compared by its address, so it must not be empty.
type era struct{ _ byte }

func newMemory(k Keys) memory {
	return memory{
		era: new(era), serial: 5001420000,
		tokens: map[string]time.Time{}, landings: map[string]decision{}, waiting: map[string]decision{},
		orders: map[string]*order{}, payments: map[string]*payment{},
		agreements: map[string]*agreement{}, charges: map[string]*charge{}, psp: map[string]*pspPayment{},
		units:    []*salesUnit{firstSalesUnit(k)},
		consents: map[string]consent{}, logins: map[string]*login{}, sessions: map[string]session{},
		answers: map[string]answer{}, windows: map[string][]time.Time{},
		checkouts: map[string]*checkout{}, images: map[string]bool{}, qrLinks: map[string]string{}, dossiers: map[string]*dossier{},
		invoices: firstInvoices(), recipients: map[string]string{},
	}
}
