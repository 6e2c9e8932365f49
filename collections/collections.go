// Package collections carries our own Postman collections for the Vipps APIs and
// the environment that goes with them.
//
// The files are plain Postman exports: they import into Postman as they are, and
// posthaste embeds them so that `demo` needs no checkout.
package collections

import (
	"embed"
	"io/fs"
)

// The files' names, for callers that open one.
const (
	Ecom        = "vipps-ecom-v2.postman_collection.json"
	EPayment    = "vipps-epayment-v1.postman_collection.json"
	Recurring   = "vipps-recurring-v3.postman_collection.json"
	Login       = "vipps-login.postman_collection.json"
	QR          = "vipps-qr-v1.postman_collection.json"
	Webhooks    = "vipps-webhooks-v1.postman_collection.json"
	Checkout    = "vipps-checkout-v3.postman_collection.json"
	PSP         = "vipps-psp-v3.postman_collection.json"
	CheckIn     = "vipps-check-in-v1.postman_collection.json"
	Environment = "vipps.postman_environment.json"
)

//go:embed *.json
var files embed.FS

// Files returns the collections and the environment, in one folder without
// subfolders. The file system is read-only and safe for concurrent use.
func Files() fs.FS { return files }
