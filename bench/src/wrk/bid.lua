-- The same requests as our own client makes: a token of many, a new key, a climbing amount each.

local seeds = 0

function setup(thread)
  seeds = seeds + 1
  thread:set("seed", seeds)
end

function init(args)
  math.randomseed(seed)
  tokens = {}
  for token in io.lines(args[1]) do tokens[#tokens + 1] = token end
  head = "POST " .. wrk.path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port .. "\r\nAuthorization: Bearer "
  made = 0
end

function request()
  made = made + 1
  local random = math.random
  local key = string.format("%04x%04x-%04x-4%03x-8%03x-%06x%06x", random(0, 65535), random(0, 65535),
    random(0, 65535), random(0, 4095), random(0, 4095), random(0, 16777215), random(0, 16777215))
  local amount = string.format("%16s", '"' .. (made * 250) .. '.00"')
  return head .. tokens[made % #tokens + 1] .. "\r\nIdempotency-Key: " .. key
    .. "\r\nContent-Type: application/json\r\nContent-Length: 56\r\n\r\n{\"amount\":" .. amount
    .. ",\"currency\":\"EUR\",\"version\":1}"
end
