import { Alert, Button, Modal, Typography } from "antd";
import { useState } from "react";
import { useText } from "../text";

export interface SecretText {
  readonly title: string;
  readonly lead: string;
  readonly secret: string;
}

/** Shows what nobody can see again; closing it is a deed of its own. */
export function Secret({ title, lead, secret, onClose }: SecretText & { readonly onClose: () => void }) {
  const t = useText();
  const [isCopied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(secret).then(() => setCopied(true));
  return (
    <Modal
      open title={title} onCancel={onClose} mask={{ closable: false }} closable={false} keyboard={false}
      footer={[
        // A page that is not served over HTTPS has no clipboard; the text can be marked as well.
        navigator.clipboard !== undefined && <Button key="copy" onClick={copy}>{t(isCopied ? "secret.copied" : "secret.copy")}</Button>,
        <Button key="done" type="primary" onClick={onClose}>{t("secret.kept")}</Button>,
      ]}
    >
      <p>{lead}</p>
      <Typography.Paragraph className="secret"><code>{secret}</code></Typography.Paragraph>
      <Alert type="warning" showIcon title={t("secret.once")} />
    </Modal>
  );
}
