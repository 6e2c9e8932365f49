// Package vipps is a simulator of the Vipps MobilePay test environment as an
// http.Handler: New puts the APIs together; each is a package below.
//
// A Server knows one sales unit, whose test keys Keys returns, and answers any
// other key as Vipps does. Payments, agreements and tokens live in memory, per
// server, and end with it. The behaviour is written from Vipps' public documentation;
// docs/vipps.md lists what was chosen where that is silent.
package vipps

import (
	"posthaste/internal/vipps/checkin"
	"posthaste/internal/vipps/checkout"
	"posthaste/internal/vipps/control"
	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/ecom"
	"posthaste/internal/vipps/environment"
	"posthaste/internal/vipps/epayment"
	"posthaste/internal/vipps/fault"
	"posthaste/internal/vipps/invoice"
	"posthaste/internal/vipps/landing"
	"posthaste/internal/vipps/login"
	"posthaste/internal/vipps/management"
	"posthaste/internal/vipps/ordermanagement"
	"posthaste/internal/vipps/psp"
	"posthaste/internal/vipps/qr"
	"posthaste/internal/vipps/recurring"
	"posthaste/internal/vipps/report"
	"posthaste/internal/vipps/token"
	"posthaste/internal/vipps/userinfo"
	"posthaste/internal/vipps/webhook"
)

// What callers of the simulator need of its parts.
type (
	// A Server is one simulated Vipps.
	Server = core.Server
	// Options tune a Server.
	Options = core.Options
	// A Request tells what one served request was and how it was answered.
	Request = core.Request
	// Keys are what a merchant copies from the Vipps portal.
	Keys = core.Keys
	// A Fault is injected into requests.
	Fault = fault.Fault
)

// New returns a server with all APIs that has seen no request yet.
func New(o Options) *Server {
	s := core.New(o)
	hooks, users, pages := webhook.New(s), userinfo.New(s), landing.New(s)
	orders, payments := ecom.New(s, users), epayment.New(s, users, hooks)
	agreements := recurring.New(s, users, hooks)
	s.Add(
		token.New(s), users, login.New(s, users, hooks),
		orders, payments, agreements,
		checkout.New(s, payments), psp.New(s), qr.New(s, hooks, pages),
		ordermanagement.New(s, ordermanagement.Orders{
			HasPayment: func(id string) bool { return orders.Has(id) || payments.Has(id) },
			HasCharge:  agreements.HasCharge,
		}),
		hooks, invoice.New(s), checkin.New(s), management.New(s), report.New(s, orders, payments),
		pages, control.New(s),
	)
	return s
}

// ParseFault reads a fault as it is written on a command line, see fault.Parse.
func ParseFault(text string) (Fault, error) { return fault.Parse(text) }

// Environment returns a Postman environment that fills every variable which an
// official Vipps collection or one of ours needs, see environment.New.
func Environment(baseURL string, keys Keys, further ...[2]string) []byte {
	return environment.New(baseURL, keys, further...)
}
