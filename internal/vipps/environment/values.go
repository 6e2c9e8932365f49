package environment

import (
	"fmt"
	"strings"

	"posthaste/internal/vipps/core"
)

// The values below are one variable a line: name, space, value.

// hostValues are names that Vipps' own collections and merchants use for addresses. A line without value is left
// empty. url has no scheme: the collection of 2019 that uses it writes https://{{url}}, and needs a map for that.
func hostValues(base string) string {
	_, host, _ := strings.Cut(base, "://")
	return `
		base_url ` + base + `
		base_url_production ` + base + `
		baseUrl ` + base + `
		url ` + host + `
		URL_ROOT ` + base + `
		well-known_uri ` + base + `/access-management-1.0/access/.well-known/openid-configuration
		token_endpoint
		init_ciba_endpoint
		userinfo_endpoint
		authorization_endpoint
		login_page
		TEST-URL ` + base + `/vipps-ipp/v1/
		JWK-URL ` + base + `/vipps-invoice/public/
		`
}

// merchantValues are the spellings that were found in published collections, so that any of them runs without an
// edit.
func merchantValues(k core.Keys) string {
	return `
		client_id ` + k.ClientID + `
		client-id ` + k.ClientID + `
		Client_Id ` + k.ClientID + `
		merchant_client_id ` + k.ClientID + `
		merchantSerialNumber ` + k.MerchantSerialNumber + `
		Merchant-serial-number ` + k.MerchantSerialNumber + `
		MerchantId ` + k.MerchantSerialNumber + `
		targetMerchantSerialNumber ` + k.MerchantSerialNumber + `
		msn ` + k.MerchantSerialNumber + `
		MSN ` + k.MerchantSerialNumber + `
		merchant_serial_number ` + k.MerchantSerialNumber + `
		Merchant-Serial-Number ` + k.MerchantSerialNumber + `
		MERCHANT-SERIAL-NUMBER ` + k.MerchantSerialNumber + `
		PSP-ID 407112
		pspid 407112
		psptransactionid {{$guid}}
		mobileNumber ` + k.MobileNumber + `
		customerMobileNumber ` + k.MobileNumber + `
		customerPhoneNumber ` + k.MobileNumber + `
		Customer_Mobile ` + k.MobileNumber + `
		internationalMobileNumber ` + k.InternationalMobileNumber + `
		`
}

// secretValues are the names of secrets. Tokens are empty: scripts fetch them.
func secretValues(k core.Keys) string {
	var b strings.Builder
	for _, name := range []string{"client_secret", "client-secret", "Client_Secret", "merchant_client_secret"} {
		fmt.Fprintln(&b, name, k.ClientSecret)
	}
	for _, name := range []string{
		"Ocp-Apim-Subscription-Key", "Ocp-Apim-Subscription-Key-Access-Token", "Ocp-Apim-Subscription-Key-Ecom",
		"Ocp-Apim-Subscription-Key-PSP", "Ocp-Apim-Subscription-Key_token", "Ocp_Apim_Key", "AT_Ocp_Apim_Key",
		"access-token-key", "subscription-key", "product-key", "OcpApimSubscriptionKey",
		"ocp-apim-subscription-key-access-token", "ocp-apim-subscription-key-ecom",
	} {
		fmt.Fprintln(&b, name, k.SubscriptionKey)
	}
	for _, name := range []string{"login_token", "website_login_token", "webhook_secret", "access_token", "access-token", "Access_Token", "Authorization", "client_authorization", "token"} {
		fmt.Fprintln(&b, name)
	}
	return b.String()
}

// Idempotency-Key-Capture and idempotency_key are dynamic on purpose: Recurring
// wants a new key for each request and no script of its collection makes one.
const paymentValues = `
	amount 49900
	amount_capture 0
	currency NOK
	callbackPrefix https://example.com/callbacks-for-payment-update-from-vipps
	callbackUrl https://example.com/callbacks
	callBackUrl https://example.com/callbacks
	fallBack https://example.com/fallback-result-page
	returnUrl https://example.com/return
	consentRemovalPrefix https://example.com/consent-removal
	shippingDetailsPrefix https://example.com/shipping
	dynamicOptionsCallbackUrl https://example.com/dynamic-logistics-option
	termsAndConditionsUrl https://example.com/terms-and-conditions
	shippingCost1 30
	shippingCost2 100
	shippingMethod1 Parcel locker
	shippingMethod2 Home delivery
	transactionTextInitiate One pair of socks
	transactionTextCapture One pair of socks, sent
	transactionTextRefund One pair of socks, returned
	transactionTextCancel One pair of socks, sold out
	TransactionText One pair of socks
	TransactionTextInitiate One pair of socks
	TransactionTextCapture One pair of socks, sent
	TransactionTextRefund One pair of socks, returned
	TransactionTextCancel One pair of socks, sold out
	paymentTextInit One pair of socks
	paymentTextUpdate One pair of socks, updated
	idempotency_key {{$guid}}
	vippsLandingPageURL
	orderId
	reference
	payment_token
	amountPartial 10000
	amountRest
	session_paid
	capture_reported
	`

const recurringValues = `
	price 1000
	price_updated 7000
	amount_initial 500
	amount_charge 1000
	amount_refund 200
	campaignPrice 500
	interval WEEK
	intervalCount 2
	retryDays 0
	transactionType DIRECT_CAPTURE
	merchantRedirectUrl https://example.com/redirect-url
	merchantAgreementUrl https://example.com/agreement-url
	merchantOrderId order-{{$guid}}
	Idempotency-Key-Capture {{$guid}}
	productName Sock of the month
	productName_updated Socks of the month
	productDescription A new pair of socks each time
	productDescription_updated Two new pairs of socks each time
	description_initial First pair of socks
	description_charge Socks for this month
	description_refund Socks that did not fit
	status_agreements ACTIVE
	status_charges DUE
	status_updated ACTIVE
	status_stopped STOPPED
	`

// What scripts set before it is used, and stands in the official environments as a
// placeholder.
const madeValues = `
	due
	isoTime
	agreementId
	agreement_id
	agreementid
	Agreement_ID
	agreementResource
	chargeId
	Charge_ID
	Idempotency-Key-Create
	Idempotency-Key-Refund
	Idempotent-Key-Create
	Idempotent-Key-Refund
	Idempotent-Key-Capture
	continuation_token
	landing_page_url
	sub
	auth_req_id
	login_state
	login_code
	start_login_uri
	sessionId
	sessionId-known_uri
	pspTransactionId
	makePaymentToken
	qr-id
	imageId
	webhook_id
	webhook_url
	invoiceId
	recipient-token
	etag
	idempotency-key
	initialChargeId
	to_stop
	to_cancel
	to_refund
	to_tear_down
	teardown_tries
	tries
	to_delete_qr
	to_delete_spot
	to_delete_hook
	jwks_uri
	revocation_endpoint
	qr_id
	qr_spot
	qr_picture
	`

const otherValues = `
	dueDate 2030-01-15
	vipps_system_name posthaste
	vipps_system_version 1.0
	vipps_system_plugin_name posthaste-simulator
	vipps_system_plugin_version 1.0
	system_name posthaste
	system_version 1.0
	system_plugin_name posthaste-simulator
	system_plugin_version 1.0
	collection_version 1.0
	status CAPTURED
	pspRedirectUrl https://example.com/psp-redirect
	makePaymentUrl https://example.com/make-payment
	redirect_uri http://localhost
	response_type code
	scope openid name phoneNumber address birthDate
	code simulated-code
	qr_target https://example.com/menu
	qr_target_updated https://example.com/menu-of-the-week
	invoice-id orgno-no.918130047.2562032543412545
	mime-type application/pdf
	attachment-id 0
	orgno 918130047
	country NO
	city Oslo
	postalCode 0154
	streetAddress Robert Levins gate 5
	email user@example.com
	firstName Ada
	lastName Lovelace
	`
