//! Whether a refusal says no and nothing more: every word of it is one of those that bare refusals are made of.
//!
//! A word that isn't among them may be the very reason, in a language or a wording that no table has. So only a text that
//! is understood to its last word speaks for wrong credentials; the rest leaves them possible.

/// Sayings of servers that mean nothing to a person.
const SAYINGS: &[&str] = &[
    "reason unavailable, see log",
    "reason unavailable",
    "another step is needed in authentication",
    "bad protocol / cancel",
    "can't request info until later in exchange",
    "restarting authentication process",
    "for more information, go to",
    "learn more at",
    "mailgun is not loving",
];

/// Words, each in lower case; word by word, English first.
const WORDS: &str = "
    a an and any are as at be been by can cannot could do does did for given has have in is it its no not of on one or our
    please s set t that the there this to up was we were with you your couldn didn doesn isn don wasn
    again check checked try error err errors failed failure fail fails generic permanent invalid incorrect wrong bad
    unknown such rejected refused denied unsuccessful unable accepted correct match matched mismatch matching valid
    authenticate authenticated authenticating authentication authentification authorization auth sasl plain xoauth2
    oauthbearer login logins logon log sign signin logged user users username userid id name names account password
    passwords passwd pass passphrase credential credentials data details information combination pair format found exist
    exists entered supplied provided attempt request response challenge client server mail email e address imap smtp command
    gsmtp pop3 esmtp empty sorry

    anmeldung anmelden anmeldedaten fehlgeschlagen benutzername benutzer benutzerkennung oder und passwort kennwort falsch
    falsche falsches ungültig ungültige ungültiger ungültiges zugangsdaten nicht korrekt ist sind das der die ihr ihre fehler
    bei authentifizierung adresse stimmt stimmen überein

    échec de du la le les et ou l d identifiant identifiants mot passe incorrecte incorrects incorrectes invalide invalides
    nom utilisateur erreur votre vos est sont n

    autenticación usuario contraseña o y incorrectos incorrecta incorrectas incorrecto inválido inválida inválidos inválidas
    fallo fallida falló el credenciales nombre su

    autenticazione fallita fallito nome utente errati errato errata credenziali non valide valido corretta corretti riuscita

    falha na no autenticação usuário utilizador senha incorreto incorretos incorreta credenciais erro palavra

    gebruikersnaam wachtwoord onjuist onjuiste ongeldig ongeldige aanmelden inloggen mislukt

    błędny błędne błędna lub hasło nieprawidłowy nieprawidłowe nieprawidłowa nazwa użytkownika niepoprawny niepoprawne dane
    logowania logowanie uwierzytelnianie uwierzytelnienie nie powiodło się błąd

    неверный неверное неверные неправильный неправильное логин или пароль имя пользователя ошибка аутентификации авторизации
    входа и не

    아이디 또는 비밀번호가 비밀번호 올바르지 않습니다 로그인 로그인에 인증 인증에 실패 실패했습니다 잘못된 잘못되었습니다 사용자 이름 암호
    암호가 일치하지
";

/// Parts of words in scripts that put no spaces between them, longer ones before what they begin with.
const PARTS: &[&str] = &[
    "ユーザー名",
    "ユーザ名",
    "ユーザー",
    "ユーザ",
    "メールアドレス",
    "アカウント名",
    "パスワード",
    "または",
    "もしくは",
    "および",
    "ログイン名",
    "ログイン",
    "サインイン",
    "サーバー",
    "メール",
    "認証",
    "エラー",
    "失敗",
    "しました",
    "正しく",
    "ありません",
    "違います",
    "違って",
    "間違って",
    "間違い",
    "誤って",
    "誤り",
    "できませんでした",
    "できません",
    "でした",
    "います",
    "です",
    "一致しません",
    "再度",
    "もう一度",
    "入力",
    "確認",
    "ください",
    "して",
    "の",
    "が",
    "を",
    "は",
    "に",
    "と",
    "か",
    "も",
    "で",
    "ご",
    "用户名",
    "用户",
    "使用者名稱",
    "使用者",
    "帐号",
    "账号",
    "帐户",
    "账户",
    "帳號",
    "密码",
    "密碼",
    "不正确",
    "不正確",
    "错误",
    "錯誤",
    "有误",
    "登录",
    "登陆",
    "登入",
    "失败",
    "失敗",
    "认证",
    "验证",
    "驗證",
    "身份",
    "邮箱",
    "地址",
    "不匹配",
    "您的",
    "或",
    "的",
    "和",
    "请",
    "检查",
    "重试",
    "id",
];

/// Whether a normalised text is understood to its last word.
pub(super) fn is_bare(text: &str) -> bool {
    let text = SAYINGS.iter().fold(text.to_owned(), |text, saying| text.replace(saying, " "));
    text.split_whitespace()
        .filter(|word| !is_name(word))
        .all(|word| word.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).all(is_known))
}

/// Addresses, host names, links and the numbers that servers give a session: they name something, and say nothing.
fn is_name(word: &str) -> bool {
    let inner = word.trim_matches(|c: char| c.is_ascii_punctuation());
    inner.chars().any(|c| c.is_ascii_digit() || matches!(c, '@' | '.' | '=' | '_'))
        || inner.contains("://")
        || word.starts_with(['[', '<'])
}

fn is_known(word: &str) -> bool {
    WORDS.split_ascii_whitespace().any(|known| known == word) || (!word.is_ascii() && is_made_of_parts(word))
}

fn is_made_of_parts(word: &str) -> bool {
    let mut rest = word;
    while !rest.is_empty() {
        match PARTS.iter().find_map(|part| rest.strip_prefix(part)) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_bare;

    #[test]
    fn a_text_is_bare_when_each_of_its_words_is_known() {
        for bare in [
            "",
            "authentication failed: ugfzc3dvcmq6",
            "incorrect username or password. (#mbr1212)",
            "authentication failed for user@example.com [mail.example.com]",
            "échec de l'authentification",
            "ユーザー名またはパスワードが違います。",
        ] {
            assert!(is_bare(bare), "{bare}");
        }
        for unread in [
            "authentication failed: geen toegang",
            "login failed: quarantined",
            "認証に失敗しました（制限中）",
        ] {
            assert!(!is_bare(unread), "{unread}");
        }
    }
}
