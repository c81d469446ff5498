enum Placeholder {}
import AsyncHTTPClient
